#!/bin/sh
# Stops the service when the package goes, and leaves it running where a newer one comes ($1: upgrade, or 1 with rpm).
set -e
case "$1" in upgrade | 1) exit 0 ;; esac
if [ -d /run/systemd/system ]; then systemctl disable --now tsunagari.service || true; fi
