// @ts-check
/**
 * Map markers of the categories: a filled disc with the icon for an exact position, a hollow dashed one for an approximate
 * position.
 *
 * @module map-icons
 */

/** @typedef {import('./types.js').Category} Category */

const SIZE = 34;
const SCALE = 2;
const ICON = 17;
/** What the server writes where a category names no icon. */
const NO_ICON = 'circle';

/**
 * @param {string} category
 * @param {boolean} approximate
 * @returns {string}  The name of the marker's image.
 */
export function markerName(category, approximate) {
  return approximate ? `${category}:around` : category;
}

/**
 * Adds both markers of every category to `map`.
 *
 * @param {import('maplibre-gl').Map} map
 * @param {readonly Category[]} categories
 */
export async function addMarkers(map, categories) {
  await Promise.all(categories.map(async (category) => {
    for (const approximate of [false, true]) {
      const color = approximate ? '#1a1a1a' : category.on;
      const icon = await letterOrIcon(category.icon, category.name, { size: ICON * SCALE, color });
      const name = markerName(category.id, approximate);
      if (!map.hasImage(name)) map.addImage(name, drawMarker(category, icon, approximate), { pixelRatio: SCALE });
    }
  }));
}

/**
 * An icon in one colour; where there is no such icon, the first letter of `name`.
 *
 * @param {string} icon  Name of a Maki icon.
 * @param {string} name
 * @param {{size: number, color: string}} how
 * @returns {Promise<HTMLCanvasElement>}
 */
export async function letterOrIcon(icon, name, { size, color }) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = new Image(size, size);
  image.src = new URL(`./vendor/maki/${icon}.svg`, import.meta.url).href;
  const isThere = icon !== NO_ICON && await image.decode().then(() => true, () => false);
  if (isThere) {
    pen.drawImage(image, 0, 0, size, size);
    pen.globalCompositeOperation = 'source-in';
    pen.fillStyle = color;
    pen.fillRect(0, 0, size, size);
  } else {
    pen.fillStyle = color;
    pen.font = `bold ${size * 0.9}px ${getComputedStyle(document.body).fontFamily}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText([...name][0] ?? '', size / 2, size * 0.54);
  }
  return canvas;
}

/**
 * @param {Category} category
 * @param {HTMLCanvasElement} icon
 * @param {boolean} approximate
 */
function drawMarker(category, icon, approximate) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE * SCALE;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.scale(SCALE, SCALE);
  disc(pen, SIZE / 2 - 1, approximate ? category.color : '#ffffff');
  if (approximate) {
    disc(pen, SIZE / 2 - 1, '#ffffff');
    pen.setLineDash([5, 3.2]);
    pen.lineWidth = 3;
    pen.strokeStyle = category.color;
    pen.beginPath();
    pen.arc(SIZE / 2, SIZE / 2, SIZE / 2 - 3, 0, Math.PI * 2);
    pen.stroke();
  } else disc(pen, SIZE / 2 - 3, category.color);
  pen.drawImage(icon, (SIZE - ICON) / 2, (SIZE - ICON) / 2, ICON, ICON);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} radius
 * @param {string} color
 */
function disc(pen, radius, color) {
  pen.fillStyle = color;
  pen.beginPath();
  pen.arc(SIZE / 2, SIZE / 2, radius, 0, Math.PI * 2);
  pen.fill();
}

/** Diameter of a cluster's image. */
const CLUSTER = 46;
const RING = 7;

/**
 * The image of a cluster: a ring with the colours of its kinds by their shares.
 *
 * @param {string} name  As the style writes it: `cluster:4:0:8`.
 * @param {readonly Category[]} categories
 */
export function drawCluster(name, categories) {
  const shares = name.split(':').slice(1).map(Number);
  const total = shares.reduce((a, b) => a + b, 0) || 1;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = CLUSTER * SCALE;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.scale(SCALE, SCALE);
  const middle = CLUSTER / 2;
  /** @param {number} radius @param {string} color */
  const fill = (radius, color) => {
    pen.fillStyle = color;
    pen.beginPath();
    pen.arc(middle, middle, radius, 0, Math.PI * 2);
    pen.fill();
  };
  fill(middle - 0.5, '#1a1a1a');
  fill(middle - 1.5, '#ffffff');
  pen.lineWidth = RING;
  let from = -Math.PI / 2;
  shares.forEach((share, rank) => {
    if (!share) return;
    const to = from + (share / total) * Math.PI * 2;
    pen.strokeStyle = categories[rank]?.color ?? '#666666';
    pen.beginPath();
    pen.arc(middle, middle, middle - 2 - RING / 2, from, to);
    pen.stroke();
    from = to;
  });
  return { image: pen.getImageData(0, 0, canvas.width, canvas.height), pixelRatio: SCALE };
}
