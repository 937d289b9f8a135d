// @ts-check
/**
 * The map itself: MapLibre on the paper style. It draws what it is given and tells what was clicked; it decides nothing.
 *
 * @module map
 */

import { make, prefersReducedMotion } from './dom.js';
import { countWords, isApproximate } from './format.js';
import { addMarks, markName } from './map-icons.js';
import { boundsOf, paperStyle } from './map-style.js';

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

const MAX_ZOOM = 18;
const CLOSE_ZOOM = 14;
const LIBRARY = '/assets/vendor/maplibre-gl.mjs';
const LIBRARY_STYLE = '/assets/vendor/maplibre-gl.css';

/** Whether this device can draw it at all. */
export function canDraw() {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

/**
 * Loads the library and draws the districts.
 *
 * @param {HTMLElement} container
 * @param {{data: PageData, text: import('./i18n.js').Text}} context
 * @param {{camera: Camera | null, places: readonly Place[]}} first
 * @param {Listener} listener
 */
export async function createMap(container, { data, text }, first, listener) {
  const [library, districts] = await Promise.all([
    /** @type {Promise<typeof import('maplibre-gl')>} */ (import(LIBRARY)),
    loadDistricts(data),
    loadStyle(),
  ]);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const bounds = boundsOf(districts) ?? boundsOf({ features: [...first.places, ...centresOf(data)] }) ?? [122, 24, 146, 46];
  const camera = first.camera ? { center: /** @type {[number, number]} */ ([first.camera.lon, first.camera.lat]), zoom: first.camera.zoom }
    : { bounds, fitBoundsOptions: { padding: 24, maxZoom: CLOSE_ZOOM } };
  const map = new library.Map({
    container, style: paperStyle(dark.matches), ...camera, maxZoom: MAX_ZOOM, attributionControl: false, dragRotate: false,
    pitchWithRotate: false, touchPitch: false, locale: localeOf(data.texts), fadeDuration: 0, canvasContextAttributes: { antialias: true },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), 'top-right');
  const drawing = new Drawing(map, districts, { data, text });
  await new Promise((resolve) => void map.once('load', resolve));
  await addMarks(map, data.categories);
  dark.addEventListener('change', () => {
    map.setStyle(paperStyle(dark.matches), { diff: true });
    drawing.draw();
  });
  listen(map, drawing, listener);
  return drawing;
}

/** @returns {Promise<void>} */
function loadStyle() {
  const link = make('link', { rel: 'stylesheet', href: LIBRARY_STYLE });
  document.head.prepend(link); // before ours, which change it
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => reject(new Error(`${LIBRARY_STYLE} is missing; scripts/web-assets brings it`)));
  });
}

/** @param {PageData} data @returns {Promise<GeoJSON.FeatureCollection>} */
async function loadDistricts(data) {
  if (data.districts.length === 0) return { type: 'FeatureCollection', features: [] };
  const response = await fetch('/districts.geojson');
  return response.ok ? response.json() : { type: 'FeatureCollection', features: [] };
}

/** @param {PageData} data  Where districts have no outline, their centres say where the city is. */
function centresOf(data) {
  return data.districts.map(({ centre }) => ({ geometry: { coordinates: centre } }));
}

/** @param {Record<string, string>} texts */
function localeOf(texts) {
  const prefix = 'map.locale.';
  return Object.fromEntries(Object.entries(texts).filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value]));
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
    this.source('districts').setData({ type: 'FeatureCollection', features: this.districtAreas() });
    this.source('labels').setData({ type: 'FeatureCollection', features: this.districtLabels() });
    this.drawMarked();
  }

  /** @param {string} id */
  source(id) {
    return /** @type {import('maplibre-gl').GeoJSONSource} */ (this.map.getSource(id));
  }

  /** @returns {GeoJSON.Feature[]} */
  districtAreas() {
    const towns = [...new Set(this.context.data.districts.map((d) => d.town))];
    return this.districts.features.filter((area) => area.geometry).map((area) => {
      const id = String(area.properties?.['id'] ?? area.id);
      const nth = this.context.data.districts.findIndex((d) => d.id === id);
      const shade = Math.max(0, towns.indexOf(this.context.data.districts[nth]?.town ?? null));
      return { ...area, properties: { shade, chosen: this.chosenDistricts.includes(id) } };
    });
  }

  /** @returns {GeoJSON.Feature[]} */
  districtLabels() {
    return this.context.data.districts.map((district) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: district.centre },
      properties: { name: district.name, words: countWords(this.counts.get(district.id) ?? 0, this.context.text) },
    }));
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
