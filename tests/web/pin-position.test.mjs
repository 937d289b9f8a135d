import assert from 'node:assert/strict';
import test from 'node:test';
import { metresOf, positionAt } from '../../web/plan/pin-position.js';

const map = metresOf({ lon: '134.77', lat: '35.4', unitsPerMetre: '0.02' });

test('the middle of the map is its centre', () => {
  assert.deepEqual(positionAt(map, { x: 500, y: 370 }), { lon: 134.77, lat: 35.4 });
});

test('a kilometre is a kilometre in every direction', () => {
  const R = 6_371_008.8;
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const metres = (a, b) => {
    const h = Math.sin(radians(b.lat - a.lat) / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
    return 2 * R * Math.asin(Math.sqrt(h));
  };
  const centre = positionAt(map, { x: 500, y: 370 });
  for (const [dx, dy] of [[20, 0], [-20, 0], [0, 20], [0, -20]]) {
    assert.ok(Math.abs(metres(centre, positionAt(map, { x: 500 + dx, y: 370 + dy })) - 1000) < 1, `${dx} ${dy}`);
  }
  assert.ok(positionAt(map, { x: 500, y: 350 }).lat > centre.lat, 'up is north');
});
