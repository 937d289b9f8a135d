import assert from 'node:assert/strict';
import test from 'node:test';
import { cutCsv, cutGeojson } from '../../web/download.js';
import { embedCode } from '../../web/embed-code.js';
import { parseState } from '../../web/state.js';

const csv = '\ufeffID,名称,備考\r\na,"い,ろ","一行\r\n二行"\r\n"b ""x""",は,\r\n\'=c,に,"a,b"\r\n';
const feature = (id) => `{"type":"Feature","id":"${id}","geometry":null,"properties":{}}`;
const geojson = `{"type":"FeatureCollection","features":[\n${['a', 'b', 'c'].map(feature).join(',\n')}\n]}\n`;

test('records of CSV are cut whole, with the heading and the mark of the encoding', () => {
  assert.equal(cutCsv(csv, new Set(['a'])), '\ufeffID,名称,備考\r\na,"い,ろ","一行\r\n二行"\r\n');
  assert.equal(cutCsv(csv, new Set(['b "x"'])), '\ufeffID,名称,備考\r\n"b ""x""",は,\r\n');
  assert.equal(cutCsv(csv, new Set(['=c'])), '\ufeffID,名称,備考\r\n\'=c,に,"a,b"\r\n');
  assert.equal(cutCsv(csv, new Set(['a', 'b "x"', '=c'])), csv);
  assert.equal(cutCsv(csv, new Set()), '\ufeffID,名称,備考\r\n');
});

test('features of GeoJSON are cut as the lines that they are', () => {
  assert.equal(cutGeojson(geojson, new Set(['a', 'b', 'c'])), geojson);
  assert.deepEqual(JSON.parse(cutGeojson(geojson, new Set(['c', 'a']))).features.map((it) => it.id), ['a', 'c']);
  assert.deepEqual(JSON.parse(cutGeojson(geojson, new Set())).features, []);
  assert.ok(cutGeojson(geojson, new Set(['b'])).includes(`\n${feature('b')}\n]`));
  const none = '{"type":"FeatureCollection","features":[\n]}\n';
  assert.equal(cutGeojson(none, new Set(['a'])), none);
});

test('the line to embed has the state of the list, escaped', () => {
  const code = embedCode(parseState('?q=a%22b&category=salon&place=x&lang=en'), 'https://example.jp/map/', 'A "map"');
  assert.equal(code, '<iframe src="https://example.jp/map/embed.en.html?q=a%22b&amp;category=salon" title="A &quot;map&quot;" width="100%" height="640" loading="lazy"></iframe>');
});
