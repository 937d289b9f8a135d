import assert from 'node:assert/strict';
import test from 'node:test';
import { lowAxes } from '../../web/sheets/low-axes.js';
import { adjacentPairs, pointOnAxis } from '../../web/sheets/radar-chart.js';

const _ = null;

test('axes of four and less are low, the lowest first', () => {
  assert.deepEqual(lowAxes([5, 4, 9, 0, 4, 10]), [3, 1, 4]);
  assert.deepEqual(lowAxes([_, _, 4, _, _, _]), [2]);
  assert.deepEqual(lowAxes([0, 0, 0, 0, 0, 0]), [0, 1, 2, 3, 4, 5]);
});

test('where none is low, the two that lie clearly below the others are', () => {
  assert.deepEqual(lowAxes([9, 9, 5, 9, 6, 9]), [2, 4]);
  assert.deepEqual(lowAxes([9, 9, 9, 9, 6, 9]), [4]);
  assert.deepEqual(lowAxes([5, 9, 6, 9, 6, 9, 9]), [0, 2, 4]);
});

test('where all are much alike, or nothing is given, none is low', () => {
  assert.deepEqual(lowAxes([7, 8, 7, 8, 7, 8]), []);
  assert.deepEqual(lowAxes([6, _, _, _, _, _]), []);
  assert.deepEqual(lowAxes([_, _, _, _, _, _]), []);
});

test('the script draws the chart with the points of the server', () => {
  assert.deepEqual(pointOnAxis(0, 10, 100), [0, -100]);
  assert.deepEqual(pointOnAxis(1, 10, 100), [86.6, -50]);
  assert.deepEqual(pointOnAxis(3, 5, 100), [0, 50]);
  assert.deepEqual(pointOnAxis(4, 0, 100), [0, 0]);
});

test('only adjacent axes that both have a value are joined, all the way round', () => {
  assert.deepEqual(adjacentPairs([1, 2, _, 4, _, 6]), [[0, 1], [5, 0]]);
  assert.equal(adjacentPairs([0, 0, 0, 0, 0, 0]).length, 6);
  assert.deepEqual(adjacentPairs([_, _, 3, _, _, _]), []);
});
