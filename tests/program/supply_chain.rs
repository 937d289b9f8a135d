//! The supply chain: what the program is built from, as `scripts/sbom` says it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// What `scripts/sbom` prints.
fn bill_of_materials() -> Vec<u8> {
    let output = Command::new("node").arg("scripts/sbom").output().expect("node is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn the_bill_of_materials_holds_every_locked_package_of_the_program() {
    let bytes = bill_of_materials();
    assert!(bytes == bill_of_materials(), "the same lock files give the same bytes");
    let bill: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(
        (&bill["bomFormat"], &bill["specVersion"], &bill["version"]),
        (&"CycloneDX".into(), &"1.5".into(), &1.into())
    );
    assert_eq!(bill["metadata"]["component"]["name"], "tsunagari");
    let components = bill["components"].as_array().unwrap();
    let by_reference: BTreeMap<&str, &Value> =
        components.iter().map(|it| (it["bom-ref"].as_str().unwrap(), it)).collect();
    assert_eq!(by_reference.len(), components.len(), "no reference twice");
    for (reference, it) in &by_reference {
        assert_eq!((&it["type"], &it["purl"]), (&"library".into(), &(*reference).into()));
        assert!(it["name"].is_string() && it["version"].is_string(), "{it}");
        assert!(["required", "optional", "excluded"].contains(&it["scope"].as_str().unwrap()), "{it}");
        assert!(it["licenses"][0]["expression"].as_str().is_some_and(|licence| !licence.contains('/')), "{it}");
        let hash = it["hashes"][0]["content"].as_str().unwrap();
        let length = if it["hashes"][0]["alg"] == "SHA-256" { 64 } else { 128 };
        assert!(hash.len() == length && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{it}");
    }
    let manifest: toml::Table = std::fs::read_to_string("Cargo.toml").unwrap().parse().unwrap();
    let names: BTreeSet<&str> = components.iter().filter_map(|it| it["name"].as_str()).collect();
    for crate_name in manifest["dependencies"].as_table().unwrap().keys() {
        assert!(names.contains(crate_name.as_str()), "{crate_name}");
    }
    assert!(!names.contains("proptest"), "what only tests use is no part of the program");
    let lock: Value = serde_json::from_str(&std::fs::read_to_string("package-lock.json").unwrap()).unwrap();
    for path in lock["packages"].as_object().unwrap().keys().filter(|path| !path.is_empty()) {
        assert!(names.contains(path.rsplit_once("node_modules/").unwrap().1), "{path}");
    }
}
