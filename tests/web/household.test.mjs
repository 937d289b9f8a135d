import assert from 'node:assert/strict';
import test from 'node:test';
import { fitsBoth, fitsOf, newMember } from '../../web/find/household.js';
import { emptyPerson, hasDetails, wishOf } from '../../web/find/wish.js';

const group = (...ids) => ({ count: ids.length, hits: ids.map((id) => ({ id, name: id, matches: true, schedule: [] })) });
const none = { count: 0, hits: [] };
const answer = (fits, visits = none) => ({ fits, near: group('near'), placeless: { phone: none, visits, online: none, roaming: none, unlocated: none } });

test('the second person of a household begins where the first lives, and with nothing else', () => {
  const mother = { ...emptyPerson(), from: { district: 'oya' }, likes: ['編み物'], age: '78', gender: 'woman' };
  const son = newMember(mother);
  assert.deepEqual(son.person, { ...emptyPerson(), from: { district: 'oya' } });
  assert.deepEqual([son.items, son.answer], [[], null]);
  assert.deepEqual(wishOf(son.person, 5), { from: { district: 'oya' }, limit: 5 });
});

test('what fits both is the thing itself for both, at a place or from home', () => {
  const one = answer(group('a', 'b', 'c'), group('v'));
  const other = answer(group('c', 'a', 'z'), group('v'));
  assert.deepEqual(fitsBoth(one, other), ['a', 'c', 'v']);
  assert.deepEqual(fitsBoth(one, answer(group('z'))), []);
  assert.deepEqual(fitsBoth(null, other), []);
  assert.deepEqual(fitsOf(one).map(({ id }) => id), ['a', 'b', 'c', 'v'], 'what is near is no fit');
  assert.deepEqual(fitsOf(answer(none, { count: 1, hits: [{ id: 'n', matches: false }] })), []);
});

test('who looks for company says so in the request, and nobody else does', () => {
  assert.deepEqual(wishOf({ ...emptyPerson(), company: true }, 1), { company: true, limit: 1 });
  assert.equal('company' in wishOf(emptyPerson(), 1), false);
  assert.equal(hasDetails({ ...emptyPerson(), company: true }), true);
});
