// @ts-check
/**
 * The map of places: draws what it is given and reports clicks and moves; its caller decides.
 *
 * @module map
 */

import { prefersReducedMotion } from './dom.js';
import { formatCount, isApproximate } from './format.js';
import { canDraw, districtAreas, districtLabels, MAX_ZOOM, openMap, sketchedDistricts } from './base-map.js';
import { addMarkers, drawCluster, markerName } from './map-icons.js';
import { boundsOf, placesStyle } from './map-style.js';

/** @typedef {import('./types.js').Place} Place */
/** @typedef {import('./types.js').Camera} Camera */
/** @typedef {import('./types.js').PageData} PageData */
/** @typedef {import('maplibre-gl').Map} MapLibreMap */

/**
 * @typedef {object} MapListener
 * @property {(camera: Camera) => void} onMove  After the reader moved the map.
 * @property {(id: string) => void} onOpen
 * @property {(id: string) => void} onDistrict
 * @property {(id: string | null) => void} onHover
 * @property {(places: Place[]) => void} onOpenSamePosition  Of several places at one position.
 */

export { canDraw };

/** How much closer than the whole city the map must be to show places instead of the numbers of districts. */
const CLOSER = 0.8;

/**
 * Loads the library and draws the districts.
 *
 * @param {HTMLElement} container
 * @param {{data: PageData, text: import('./i18n.js').Translate}} context
 * @param {{camera: Camera | null, places: readonly Place[]}} first
 * @param {MapListener} listener
 */
export async function createMap(container, { data, text }, first, listener) {
  const kinds = data.categories.length;
  const { map, districts, wholeZoom, onRestyle } = await openMap(container, data, { style: (dark) => placesStyle(dark, kinds), camera: first.camera, contents: first.places });
  const drawing = new MapDrawing(map, districts, { data, text }, wholeZoom + CLOSER);
  map.setMissingStyleImageResolver((id) => {
    if (!id.startsWith('cluster:') || map.hasImage(id)) return;
    const { image, pixelRatio } = drawCluster(id, data.categories);
    map.addImage(id, image, { pixelRatio });
  });
  await addMarkers(map, data.categories);
  onRestyle(() => drawing.draw());
  connectEvents(map, drawing, listener);
  return drawing;
}

/**
 * @param {MapLibreMap} map
 * @param {MapDrawing} drawing
 * @param {MapListener} listener
 */
function connectEvents(map, drawing, listener) {
  map.on('moveend', (event) => {
    if (event.originalEvent || drawing.isMoveRequested) listener.onMove(drawing.camera());
  });
  map.on('zoomend', () => drawing.followZoom());
  map.on('mousemove', (event) => {
    const [hit] = map.queryRenderedFeatures(event.point, { layers: ['place', 'cluster'] });
    map.getCanvas().classList.toggle('over', hit !== undefined || drawing.districtAt(event.point) !== null);
    listener.onHover(hit?.layer.id === 'place' ? String(hit.properties['place']) : null);
  });
  map.on('click', (event) => {
    const [hit] = map.queryRenderedFeatures(event.point, { layers: ['place', 'cluster'] });
    if (hit?.layer.id === 'place') listener.onOpen(String(hit.properties['place']));
    if (hit?.layer.id === 'cluster') void drawing.openCluster(hit, listener);
    const district = hit ? null : drawing.districtAt(event.point);
    if (district !== null) listener.onDistrict(district);
  });
}

/** The content of the map. */
class MapDrawing {
  /**
   * @param {MapLibreMap} map
   * @param {GeoJSON.FeatureCollection} districts
   * @param {{data: PageData, text: import('./i18n.js').Translate}} context
   * @param {number} closeZoom  From this zoom on, places are shown instead of the numbers of districts.
   */
  constructor(map, districts, context, closeZoom) {
    this.map = map;
    this.districts = districts;
    this.context = context;
    this.closeZoom = closeZoom;
    /** Districts whose number can be shown. */
    this.numbered = new Set(context.data.districts.flatMap(({ id, centre }) => (centre ? [id] : [])));
    this.wasFar = this.isFar();
    /** Whether a click started the last movement, not a filter. */
    this.isMoveRequested = false;
    /** @type {readonly Place[]} */
    this.places = [];
    /** @type {Map<string, number>} */
    this.counts = new Map();
    /** @type {readonly string[]} */
    this.chosenDistricts = [];
    /** @type {string | null} */
    this.chosen = null;
    /** @type {string | null} */
    this.highlighted = null;
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

  /** Whether the map shows the numbers of districts, not places: one number for each, never two that disagree. */
  isFar() {
    return this.map.getZoom() < this.closeZoom && this.numbered.size > 0;
  }

  /** @param {string | undefined} district */
  isShownAsNumber(district) {
    return this.isFar() && district !== undefined && this.numbered.has(district) && !this.chosenDistricts.includes(district);
  }

  /** Draws anew where zooming has turned numbers into places, or back. */
  followZoom() {
    if (this.isFar() === this.wasFar) return;
    this.draw();
  }

  /**
   * The district whose number or area is at `point`, while numbers are shown.
   *
   * @param {import('maplibre-gl').Point} point
   */
  districtAt(point) {
    if (!this.isFar()) return null;
    const [hit] = this.map.queryRenderedFeatures(point, { layers: ['district-label', 'district-fill'] });
    return hit?.properties['id'] ? String(hit.properties['id']) : null;
  }

  /**
   * Moves to a district.
   *
   * @param {string} id
   */
  showDistrict(id) {
    const bounds = boundsOf({ features: this.districts.features.filter((area) => String(area.properties?.['id'] ?? area.id) === id) });
    if (!bounds) return;
    const camera = this.map.cameraForBounds(bounds, { padding: 40 });
    if (camera?.center) this.move({ center: /** @type {[number, number]} */ (Object.values(camera.center)), zoom: camera.zoom ?? this.closeZoom });
  }

  /** Draws everything anew; the camera does not move. */
  draw() {
    this.wasFar = this.isFar();
    const ranks = new Map(this.context.data.categories.map(({ id }, rank) => [id, rank]));
    const drawn = this.places.filter((p) => p.geometry && !this.isShownAsNumber(p.properties.district));
    this.source('places').setData({ type: 'FeatureCollection', features: drawn.map((place) => markerFeature(place, ranks)) });
    const { data, text } = this.context;
    this.source('districts').setData(districtAreas(this.districts, data, this.chosenDistricts));
    const sketches = sketchedDistricts(this.districts);
    this.source('labels').setData(districtLabels(data, ({ id }) => {
      const count = this.isShownAsNumber(id) ? formatCount(this.counts.get(id) ?? 0, text) : '';
      return sketches.has(id) ? `${count}${text('map.sketch_mark')}` : count;
    }, ({ id }) => this.isFar() && (this.counts.get(id) ?? 0) === 0));
    this.drawHighlights();
  }

  /** @param {string} id */
  source(id) {
    return /** @type {import('maplibre-gl').GeoJSONSource} */ (this.map.getSource(id));
  }

  drawHighlights() {
    const features = [this.highlighted, this.chosen].flatMap((id, nth) => {
      const place = id === null ? undefined : this.places.find((p) => p.id === id && p.geometry);
      if (!place) return [];
      const feature = markerFeature(place);
      return [{ ...feature, properties: { ...feature.properties, how: nth === 0 ? 'highlighted' : 'chosen' } }];
    });
    this.source('marked').setData({ type: 'FeatureCollection', features });
  }

  /**
   * Marks the opened place and moves it into view where it is outside.
   *
   * @param {string | null} id
   */
  choose(id) {
    if (this.chosen === id) return;
    this.chosen = id;
    this.drawHighlights();
    const place = this.places.find((p) => p.id === id);
    if (!place?.geometry) return;
    const [lon = 0, lat = 0] = place.geometry.coordinates;
    if (!this.map.getBounds().contains([lon, lat])) this.move({ center: [lon, lat] });
  }

  /** @param {string | null} id */
  highlight(id) {
    if (this.highlighted === id) return;
    this.highlighted = id;
    this.drawHighlights();
  }

  /** @param {{center: [number, number], zoom?: number}} options */
  move(options) {
    this.isMoveRequested = true;
    this.map.once('moveend', () => { this.isMoveRequested = false; });
    if (prefersReducedMotion()) this.map.jumpTo(options);
    else this.map.easeTo({ ...options, duration: 400 });
  }

  /**
   * Opens a cluster: zooms in, or lists its places where no zoom separates them.
   *
   * @param {import('maplibre-gl').MapGeoJSONFeature} cluster
   * @param {MapListener} listener
   */
  async openCluster(cluster, listener) {
    const source = this.source('places');
    const id = Number(cluster.properties['cluster_id']);
    const some = await source.getClusterLeaves(id, 20, 0);
    const spots = new Set(some.map(({ geometry }) => (geometry.type === 'Point' ? geometry.coordinates.join() : '')));
    const zoom = spots.size === 1 ? Infinity : await source.getClusterExpansionZoom(id);
    if (zoom <= MAX_ZOOM && cluster.geometry.type === 'Point') {
      const [lon = 0, lat = 0] = cluster.geometry.coordinates;
      this.move({ center: [lon, lat], zoom: Math.max(zoom, this.map.getZoom()) });
      return;
    }
    const leaves = await source.getClusterLeaves(id, 200, 0);
    const ids = new Set(leaves.map((leaf) => leaf.properties?.['place']));
    listener.onOpenSamePosition(this.places.filter((place) => ids.has(place.id)));
  }
}

/**
 * The GeoJSON feature of a marker.
 *
 * @param {Place} place
 * @param {Map<string, number>} [ranks]  Of the categories.
 * @returns {GeoJSON.Feature}
 */
function markerFeature(place, ranks) {
  const p = place.properties;
  const geometry = /** @type {GeoJSON.Point} */ (place.geometry);
  return { type: 'Feature', geometry, properties: { place: place.id, image: markerName(p.category, isApproximate(p)), rank: ranks?.get(p.category) ?? -1 } };
}
