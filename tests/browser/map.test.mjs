import assert from 'node:assert/strict';
import test from 'node:test';
import { count, launch, PHONE, visit, withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();
const MAP = { map: true };

const camera = (page) => page.evaluate(() => {
  const { map } = window.tsunagari;
  return [map.getZoom(), map.getCenter().lng, map.getCenter().lat].map((n) => n.toFixed(5)).join();
});
const idle = (page) => page.evaluate(() => new Promise((done) => {
  const { map } = window.tsunagari;
  if (map.loaded() && !map.isMoving()) done(null);
  else map.once('idle', () => done(null));
  map.triggerRepaint();
}));
const rendered = (page, layer) => page.evaluate((name) => window.tsunagari.map.queryRenderedFeatures({ layers: [name] }).map((f) => f.properties), layer);

/** How many places the map stands for, in clusters and alone. */
const onMap = async (page) => {
  await idle(page);
  const alone = new Set((await rendered(page, 'place')).map((p) => p.place)).size;
  const clusters = new Map((await rendered(page, 'cluster')).map((p) => [p.cluster_id, p.point_count]));
  return alone + [...clusters.values()].reduce((a, b) => a + b, 0);
};
const located = (page) => page.evaluate(async () => {
  const { features } = await (await fetch('/places.geojson')).json();
  return features.filter((f) => f.geometry).map((f) => ({ id: f.id, ...f.properties, at: f.geometry.coordinates }));
});

/** Zooms in until places are shown in the place of the numbers of districts, with the whole city still in view. */
const closer = async (page) => {
  await page.setViewportSize({ width: 2200, height: 1400 });
  await page.evaluate(() => {
    const { map } = window.tsunagari;
    map.jumpTo({ center: [134.69, 35.35], zoom: map.getZoom() + 1 });
  });
  await idle(page);
};

test('from afar every district has one number, and what is in none is a place', () => visit(site, '/', MAP, async (page) => {
  await idle(page);
  const all = await page.evaluate(async () => (await (await fetch('/places.geojson')).json()).features.map((f) => f.properties.district ?? (f.geometry ? 'none' : 'nowhere')));
  const labels = new Map((await rendered(page, 'district-label')).map(({ id, words }) => [id, Number(words.replace(/\D/g, ''))]));
  assert.ok(labels.size > 10);
  for (const [id, n] of labels) assert.equal(n, all.filter((district) => district === id).length, id);
  assert.equal(await onMap(page), all.filter((district) => district === 'none').length);
}));

test('close up the map holds every place that has a position, and no number of a district', () => visit(site, '/', MAP, async (page) => {
  await closer(page);
  assert.equal(await onMap(page), (await located(page)).length);
  assert.ok((await rendered(page, 'district-label')).every(({ words }) => !/\d/.test(words)));
}));

test('a touch on a district chooses it, and its places are shown', () => visit(site, '/', MAP, async (page) => {
  await idle(page);
  const at = await page.evaluate(() => window.tsunagari.map.project([134.65, 35.345]));
  const box = await page.locator('#map').boundingBox();
  await page.mouse.click(box.x + at.x, box.y + at.y);
  await page.waitForFunction(() => new URL(location.href).searchParams.has('district'));
  await page.waitForTimeout(700);
  assert.ok((await onMap(page)) > 0);
}));

test('the land is drawn without another host: names, rivers, roads, railways, stations', () => visit(site, '/', MAP, async (page) => {
  await idle(page);
  const layers = await page.evaluate(() => window.tsunagari.map.queryRenderedFeatures().map((f) => f.layer.id));
  for (const layer of ['town-name', 'river', 'road', 'railway', 'point', 'district-label']) assert.ok(layers.includes(layer), layer);
  assert.match(await page.locator('#map-foot').textContent(), /概形/);
}));

test('a touch on a place opens its card at the foot of the map, and Escape closes it', () => visit(site, '/', { ...PHONE, ...MAP }, async (page) => {
  await page.click('[data-show="map"]');
  await page.waitForFunction(() => window.tsunagari.map !== null, null, { timeout: 20_000 });
  const place = (await located(page)).find((it) => it.contact?.phone && it.precision === 'door');
  await page.evaluate((at) => { window.tsunagari.map.jumpTo({ center: at, zoom: 17.9 }); }, place.at);
  await idle(page);
  const box = await page.locator('#map').boundingBox();
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  if (await page.locator('#spot').count() > 0) return; // several places are at this spot
  await page.waitForSelector('#map-card .brief');
  assert.equal(await page.locator('#map-card h2').textContent(), place.name);
  assert.ok(await page.locator('#map-card a[href^="tel:"]').isVisible());
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#map-card').count(), 0);
}));

test('a filter changes what the map shows and never where it looks', () => visit(site, '/', MAP, async (page) => {
  await closer(page);
  const before = await camera(page);
  const chip = page.locator('a[data-category]:not(.empty)').first();
  const category = await chip.getAttribute('data-category');
  await chip.click();
  const expected = (await located(page)).filter((place) => place.category === category).length;
  await page.waitForTimeout(500);
  assert.equal(await onMap(page), expected);
  assert.equal(await camera(page), before);
}));

test('approximate positions are never drawn as exact', () => visit(site, '/', MAP, async (page) => {
  const places = await located(page);
  const roughly = places.find((place) => place.precision !== 'door');
  const exactly = places.find((place) => place.precision === 'door');
  for (const [place, mark] of [[roughly, `${roughly.category}:around`], [exactly, exactly.category]]) {
    await page.evaluate((id) => { window.tsunagari.go(id); }, place.id);
    await page.waitForSelector(`#detail [data-place="${place.id}"]`);
    await page.waitForTimeout(700);
    await idle(page);
    const [chosen] = await rendered(page, 'chosen-place');
    assert.deepEqual([chosen.place, chosen.image], [place.id, mark]);
  }
}));

test('a card that is pointed at is marked on the map', () => visit(site, '/', MAP, async (page) => {
  const place = (await located(page))[0];
  await page.locator(`.card[data-place="${place.id}"]`).hover();
  await page.waitForTimeout(300);
  await idle(page);
  assert.equal((await rendered(page, 'highlighted'))[0]?.place, place.id);
}));

test('places on one spot open as a list', () => visit(site, '/', MAP, async (page) => {
  const groups = new Map();
  for (const place of await located(page)) groups.set(place.at.join(), [...(groups.get(place.at.join()) ?? []), place]);
  const same = [...groups.values()].find((list) => list.length > 1);
  assert.ok(same, 'the sample has two places on one spot');
  await page.evaluate(([lon, lat]) => { window.tsunagari.map.jumpTo({ center: [lon, lat], zoom: 17.5 }); }, same[0].at);
  await idle(page);
  const box = await page.locator('#map').boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForSelector('#spot');
  assert.equal(await page.locator('#spot a').count(), same.length);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#spot').count(), 0);
}));

test('the list can be restricted to what the map shows', () => visit(site, '/', MAP, async (page) => {
  const places = await located(page);
  await page.check('#in-view');
  await page.evaluate(([lon, lat]) => { window.tsunagari.map.jumpTo({ center: [lon, lat], zoom: 15 }); }, places[0].at);
  await page.evaluate(() => { window.tsunagari.map.fire('moveend', { originalEvent: new Event('test') }); });
  const inside = await page.evaluate((all) => {
    const bounds = window.tsunagari.map.getBounds();
    return all.filter(({ at }) => bounds.contains(at)).length;
  }, places);
  await page.waitForFunction((n) => Number(document.querySelector('#count').textContent.replace(/\D/g, '')) === n, inside);
  assert.match(page.url(), /#map=15\.00\/.*inview=1/);
}));

test('an address brings the map back to where it was', () => visit(site, '/#map=13.00/35.40000/134.76000', MAP, async (page) => {
  assert.equal(await camera(page), '13.00000,134.76000,35.40000');
}));

test('on a phone the map is a tab and is loaded only then', () => visit(site, '/', { ...PHONE, ...MAP }, async (page) => {
  assert.equal(await page.evaluate(() => performance.getEntriesByType('resource').some((r) => r.name.includes('maplibre'))), false);
  await page.click('[data-show="map"]');
  await page.waitForFunction(() => window.tsunagari.map !== null, null, { timeout: 20_000 });
  await idle(page);
  assert.ok((await rendered(page, 'district-label')).length > 5);
  await page.click('[data-show="list"]');
  assert.equal(await page.locator('#list').isVisible(), true);
}));

test('without WebGL the list works and the page says so', async () => {
  const browser = await launch({ gl: false });
  try {
    await visit({ ...site, browser }, '/', { ...MAP, expectFaults: /WebGL/i }, async (page) => {
      assert.match(await page.locator('#map-message').textContent(), /番号つきの地図/);
      assert.ok((await page.locator('#map svg a').count()) > 5);
      await page.goto(`${site.public}/?district=oya`);
      await page.waitForSelector('#map svg a');
      assert.match(await page.locator('#map svg a').first().getAttribute('href'), /\/(places\/|print.*#n)/);
      await page.goto(site.public);
      await page.waitForSelector('#map svg');
      const all = await count(page);
      await page.locator('a[data-category]:not(.empty)').first().click();
      assert.ok((await count(page)) < all);
    });
  } finally {
    await browser.close();
  }
});

test('without the library the list works and the page says so', () => visit(site, '/?lang=en', { ...MAP, expectFaults: /maplibre|Failed|ERR_FAILED/ }, async (page) => {
  await page.route('**/vendor/maplibre-gl*', (route) => route.abort());
  await page.reload();
  await page.waitForSelector('.drawn-map #map svg');
  assert.match(await page.locator('#map-message').textContent(), /cannot show a moving map/);
  assert.ok((await count(page)) > 0);
}));
