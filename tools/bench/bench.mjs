// @ts-check
// The figures of one run, and what is said of them.
import { median, quantile } from './statistics.mjs';

/**
 * @typedef {{ unit: string, must?: number, stretch?: number, against?: string }} Goal
 * @typedef {{ name: string, ours: string, other: string, value: string, must: string, stretch: string, verdict: string }} Row
 */

export class Bench {
  /** @type {Row[]} */
  rows = [];
  missed = 0;

  /**
   * @param {import('./language-server.mjs').ServerCommand} ours
   * @param {import('./language-server.mjs').ServerCommand | undefined} peer
   * @param {(line: string) => void} print
   */
  constructor(ours, peer, print) {
    this.ours = ours;
    this.peer = peer;
    this.print = print;
  }

  /** A row that is a ratio of medians. @type {(name: string, ours: readonly number[], other: readonly number[] | undefined, goal: Goal) => void} */
  compare(name, ours, other, { unit, must, stretch, against = '' }) {
    const hasOther = other !== undefined && other.length > 0;
    const ratio = hasOther ? median(ours) / median(other) : undefined;
    this.#add({
      name,
      ours: figures(ours, unit),
      other: hasOther
        ? `${figures(other, unit)}${against === '' ? '' : ` (${against})`}`
        : must === undefined
          ? ''
          : 'skipped',
      value: ratio === undefined ? '' : asRatio(ratio),
      must: must === undefined ? '' : asRatio(must),
      stretch: stretch === undefined ? '' : asRatio(stretch),
      verdict: verdictOf(ratio, must, stretch),
    });
  }

  /** A row whose figure itself has a limit; smaller is better. @type {(name: string, value: number, goal: Goal & { beside?: string }) => void} */
  limit(name, value, { unit, must, stretch, beside = '' }) {
    const as = (/** @type {number | undefined} */ figure) => (figure === undefined ? '' : withUnit(figure, unit));
    this.#add({
      name,
      ours: as(value),
      other: beside,
      value: '',
      must: as(must),
      stretch: as(stretch),
      verdict: verdictOf(value, must, stretch),
    });
  }

  /** A row without a goal of its own. @type {(name: string, ours: string, other?: string, verdict?: string) => void} */
  note(name, ours, other = '', verdict = '') {
    this.#add({ name, ours, other, value: '', must: '', stretch: '', verdict });
  }

  /** A row that could not be measured counts as missed: a server that never answers is not fast. @type {(name: string, reason: unknown) => void} */
  fail(name, reason) {
    this.#add({
      name,
      ours: reason instanceof Error ? (reason.message.split('\n')[0] ?? '') : String(reason),
      other: '',
      value: '',
      must: '',
      stretch: '',
      verdict: 'MISSED',
    });
  }

  /** @param {Row} row */
  #add(row) {
    this.rows.push(row);
    if (row.verdict === 'MISSED') this.missed++;
    this.print(
      `${row.verdict.padEnd(8)} ${row.name}: ${[row.ours, row.other && `against ${row.other}`, row.value && `= ${row.value}`, row.must && `(must ${row.must}, stretch ${row.stretch})`].filter(Boolean).join(' ')}`,
    );
  }
}

/** @type {(value: number | undefined, must: number | undefined, stretch: number | undefined) => string} */
function verdictOf(value, must, stretch) {
  if (must === undefined) return '';
  if (value === undefined) return 'skipped';
  if (!(value <= must)) return 'MISSED';
  return stretch !== undefined && value <= stretch ? 'stretch' : 'ok';
}

/** Median, and the 95th percentile where there are enough values for one. @type {(values: readonly number[], unit: string) => string} */
const figures = (values, unit) =>
  values.length < 20
    ? withUnit(median(values), unit)
    : `${withUnit(median(values), unit)} (p95 ${withUnit(quantile(values, 0.95), '').trim()})`;

/** @type {(value: number, unit: string) => string} */
export const withUnit = (value, unit) =>
  `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)}${unit === '%' ? ' %' : unit === '' ? '' : ` ${unit}`}`;

/** @type {(ratio: number) => string} */
const asRatio = (ratio) => {
  if (ratio > 0.5) return `${ratio.toFixed(2)} ×`;
  const parts = 1 / ratio;
  return `1/${parts.toFixed(parts >= 10 || Math.abs(parts - Math.round(parts)) < 0.05 ? 0 : 1)}`;
};
