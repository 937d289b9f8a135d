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
    const icon = await loadIcon(`/assets/vendor/maki/${category.icon}.svg`);
    for (const approximate of [false, true]) {
      const name = markerName(category.id, approximate);
      if (!map.hasImage(name)) map.addImage(name, drawMarker(category, icon, approximate), { pixelRatio: SCALE });
    }
  }));
}

/**
 * @param {string} url
 * @returns {Promise<HTMLImageElement | null>}  `null` where there is no such icon; the marker is then a plain disc.
 */
async function loadIcon(url) {
  const image = new Image(ICON * SCALE, ICON * SCALE);
  image.src = url;
  return image.decode().then(() => image, () => null);
}

/**
 * @param {Category} category
 * @param {HTMLImageElement | null} icon
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
  if (icon) pen.drawImage(tinted(icon, approximate ? '#1a1a1a' : category.on), (SIZE - ICON) / 2, (SIZE - ICON) / 2, ICON, ICON);
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

/**
 * @param {HTMLImageElement} icon
 * @param {string} color
 */
function tinted(icon, color) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = ICON * SCALE;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.drawImage(icon, 0, 0, canvas.width, canvas.height);
  pen.globalCompositeOperation = 'source-in';
  pen.fillStyle = color;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}
