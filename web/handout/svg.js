// @ts-check
/**
 * SVG elements: the server's map and the QR codes.
 *
 * @module handout/svg
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Parses the server's SVG with `DOMParser`, which runs no script in it.
 *
 * @param {string} svg
 * @returns {Element | null}
 */
export function importSvg(svg) {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  return root.namespaceURI === SVG && root.localName === 'svg' ? document.importNode(root, true) : null;
}

/**
 * @param {import('./types.js').QrCode} qr
 * @param {string} label
 * @returns {SVGElement}
 */
export function qrCode(qr, label) {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = { viewBox: `0 0 ${qr.size} ${qr.size}`, role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges', class: 'qr' };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const background = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({ width: qr.size, height: qr.size, fill: '#fff' })) background.setAttribute(name, String(value));
  const modules = document.createElementNS(SVG, 'path');
  modules.setAttribute('d', qr.path);
  modules.setAttribute('fill', '#000');
  svg.append(background, modules);
  return svg;
}
