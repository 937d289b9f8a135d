// @ts-check
/**
 * The map and the codes, from what the server gives.
 *
 * @module handout/drawing
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * The server's drawing as an element; nothing of it is run, it is read as a picture.
 *
 * @param {string} svg
 * @returns {Element | null}
 */
export function drawing(svg) {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  return root.namespaceURI === SVG && root.localName === 'svg' ? document.importNode(root, true) : null;
}

/**
 * A QR code.
 *
 * @param {import('./types.js').Qr} qr
 * @param {string} label
 * @returns {SVGElement}
 */
export function qrCode(qr, label) {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = { viewBox: `0 0 ${qr.size} ${qr.size}`, role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges', class: 'qr' };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const back = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({ width: qr.size, height: qr.size, fill: '#fff' })) back.setAttribute(name, String(value));
  const modules = document.createElementNS(SVG, 'path');
  modules.setAttribute('d', qr.path);
  modules.setAttribute('fill', '#000');
  svg.append(back, modules);
  return svg;
}
