// @ts-check
/**
 * The map itself: MapLibre on the paper style. It draws what it is given and tells what was clicked; it decides nothing.
 *
 * @module map
 */

import { prefersReducedMotion } from './dom.js';
import { countWords, isApproximate } from './format.js';
import { canDraw, districtAreas, districtLabels, MAX_ZOOM, openMap } from './map-frame.js';
import { addMarks, markName } from './map-icons.js';
import { paperStyle } from './map-style.js';

/** @typedef {import('./types.js').Place} Place */
/** @typedef {import('./types.js').Camera} Camera */
/** @typedef {import('./types.js').PageData} PageData */
/** @typedef {import('maplibre-gl').Map} MapLibreMap */

/**
 * @typedef {object} Listener
 * @property {(camera: Camera) => void} moved  After the reader moved the map.
 * @property {(id: string) => void} opened
 * @property {(id: string | null) => void} pointed
 * @property {(places: Place[]) => void} gathered  Several places on one spot were asked for.
 */

export { canDraw };

/**
 * Loads the library and draws the districts.
 *
 * @param {HTMLElement} container
 * @param {{data: PageData, text: import('./i18n.js').Text}} context
 * @param {{camera: Camera | null, places: readonly Place[]}} first
 * @param {Listener} listener
 */
export async function createMap(container, { data, text }, first, listener) {
  const { map, districts, whenRestyled } = await openMap(container, data, { style: paperStyle, camera: first.camera, around: first.places });
  const drawing = new Drawing(map, districts, { data, text });
  await addMarks(map, data.categories);
  whenRestyled(() => drawing.draw());
  listen(map, drawing, listener);
  return drawing;
}

/**
 * @param {MapLibreMap} map
 * @param {Drawing} drawing
 * @param {Listener} listener
 */
function listen(map, drawing, listener) {
  map.on('moveend', (event) => {
    if (event.originalEvent || drawing.asked) listener.moved(drawing.camera());
  });
  map.on('mousemove', (event) => {
    const [hit] = map.queryRenderedFeatures(event.point, { layers: ['place', 'cluster'] });
    map.getCanvas().classList.toggle('over', hit !== undefined);
    listener.pointed(hit?.layer.id === 'place' ? String(hit.properties['place']) : null);
  });
  map.on('click', (event) => {
    const [hit] = map.queryRenderedFeatures(event.point, { layers: ['place', 'cluster'] });
    if (hit?.layer.id === 'place') listener.opened(String(hit.properties['place']));
    if (hit?.layer.id === 'cluster') void drawing.openCluster(hit, listener);
  });
}

/** What is on the map at present. */
class Drawing {
  /**
   * @param {MapLibreMap} map
   * @param {GeoJSON.FeatureCollection} districts
   * @param {{data: PageData, text: import('./i18n.js').Text}} context
   */
  constructor(map, districts, context) {
    this.map = map;
    this.districts = districts;
    this.context = context;
    /** Whether the last movement was asked for by a button, not by a filter. */
    this.asked = false;
    /** @type {readonly Place[]} */
    this.places = [];
    /** @type {Map<string, number>} */
    this.counts = new Map();
    /** @type {readonly string[]} */
    this.chosenDistricts = [];
    /** @type {string | null} */
    this.chosen = null;
    /** @type {string | null} */
    this.pointed = null;
  }

  /** @returns {Camera} */
  camera() {
    const { lng: lon, lat } = this.map.getCenter();
    return { zoom: this.map.getZoom(), lat, lon };
  }

  /** @returns {[number, number, number, number]}  West, south, east, north in degrees. */
  view() {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  /** Draws everything anew; the camera stays. */
  draw() {
    this.source('places').setData({ type: 'FeatureCollection', features: this.places.filter((p) => p.geometry).map(marked) });
    const { data, text } = this.context;
    this.source('districts').setData(districtAreas(this.districts, data, this.chosenDistricts));
    this.source('labels').setData(districtLabels(data, ({ id }) => countWords(this.counts.get(id) ?? 0, text)));
    this.drawMarked();
  }

  /** @param {string} id */
  source(id) {
    return /** @type {import('maplibre-gl').GeoJSONSource} */ (this.map.getSource(id));
  }

  drawMarked() {
    const features = [this.pointed, this.chosen].flatMap((id, nth) => {
      const place = id === null ? undefined : this.places.find((p) => p.id === id && p.geometry);
      if (!place) return [];
      const feature = marked(place);
      return [{ ...feature, properties: { ...feature.properties, how: nth === 0 ? 'pointed' : 'chosen' } }];
    });
    this.source('marked').setData({ type: 'FeatureCollection', features });
  }

  /**
   * Marks the opened place and brings it into view if it is not.
   *
   * @param {string | null} id
   */
  choose(id) {
    if (this.chosen === id) return;
    this.chosen = id;
    this.drawMarked();
    const place = this.places.find((p) => p.id === id);
    if (!place?.geometry) return;
    const [lon = 0, lat = 0] = place.geometry.coordinates;
    if (!this.map.getBounds().contains([lon, lat])) this.move({ center: [lon, lat] });
  }

  /** @param {string | null} id */
  point(id) {
    if (this.pointed === id) return;
    this.pointed = id;
    this.drawMarked();
  }

  /** @param {{center: [number, number], zoom?: number}} options */
  move(options) {
    this.asked = true;
    this.map.once('moveend', () => { this.asked = false; });
    if (prefersReducedMotion()) this.map.jumpTo(options);
    else this.map.easeTo({ ...options, duration: 400 });
  }

  /**
   * Opens a cluster: closer, or as a list where going closer does not part the places.
   *
   * @param {import('maplibre-gl').MapGeoJSONFeature} cluster
   * @param {Listener} listener
   */
  async openCluster(cluster, listener) {
    const source = this.source('places');
    const id = Number(cluster.properties['cluster_id']);
    const zoom = await source.getClusterExpansionZoom(id);
    if (zoom <= MAX_ZOOM && cluster.geometry.type === 'Point') {
      const [lon = 0, lat = 0] = cluster.geometry.coordinates;
      this.move({ center: [lon, lat], zoom: Math.max(zoom, this.map.getZoom()) });
      return;
    }
    const leaves = await source.getClusterLeaves(id, 200, 0);
    const ids = new Set(leaves.map((leaf) => leaf.properties?.['place']));
    listener.gathered(this.places.filter((place) => ids.has(place.id)));
  }
}

/**
 * What the map needs of a place.
 *
 * @param {Place} place
 * @returns {GeoJSON.Feature}
 */
function marked(place) {
  const p = place.properties;
  const geometry = /** @type {GeoJSON.Point} */ (place.geometry);
  return { type: 'Feature', geometry, properties: { place: place.id, image: markName(p.category, isApproximate(p)) } };
}
