import assert from 'node:assert/strict';
import test from 'node:test';
import { needKeys } from '../../web/unmet/need-keys.js';

const BODY = JSON.stringify({ reason: 'full', interests: [], travel: [] });
const keyIn = (body) => JSON.parse(body).key;

test('the same need is sent again with the same key, until it is stored', () => {
  const { withKey, forget } = needKeys();
  const first = withKey(BODY);
  assert.equal(withKey(BODY), first);
  assert.match(keyIn(first), /^[0-9a-f]{32}$/);
  forget(BODY);
  assert.notEqual(keyIn(withKey(BODY)), keyIn(first));
});

test('no two needs and no two pages share a key, and nothing else of the body changes', () => {
  const bodies = ['full', 'no_ride', 'declined'].map((reason) => JSON.stringify({ reason, interests: ['囲碁'], travel: ['bus'] }));
  const sent = [needKeys(), needKeys()].flatMap(({ withKey }) => bodies.map(withKey));
  assert.equal(new Set(sent.map(keyIn)).size, sent.length);
  sent.forEach((body, n) => {
    const { key, ...need } = JSON.parse(body);
    assert.equal(JSON.stringify(need), bodies[n % bodies.length]);
  });
});
