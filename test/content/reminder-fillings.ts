/** What honest people fill in: the forms of work reminders. */
import type { Values } from '@ganwei/form/model';

export const letter = (unit: string, changes: Values = {}): Values => ({
  unit,
  problems: '老旧小区改造开工率 42%，低于全市平均进度 21 个百分点，两个标段尚未开工。',
  requirements: '逐个标段倒排工期，六月底前全部开工，每周报送进度。',
  ...changes,
});

/** A reminder of two departments and of the vice mayor in charge; `changes` replace fields. */
export const reminder = (file: unknown, changes: Values = {}): Values => ({
  keyWork: '老旧小区改造三年行动',
  area: '城建',
  important: false,
  ineffective: true,
  target: '年内开工 120 个小区',
  actual: '已开工 51 个小区',
  asOf: '2026-06-15',
  facts:
    '截至六月十五日，全市老旧小区改造开工率 42%，低于序时进度，主要是施工许可和管线迁改衔接不畅，牵头部门调度不力。',
  evidence: [file],
  promptLeader: 'luowei',
  promptText: '您分管的老旧小区改造三年行动进展滞后，提请关注并调度市住建局、市数据局加快办理。',
  letters: [letter('zjj'), letter('sjju', { problems: '改造项目数据归集滞后，审批系统对接未完成。' })],
  ...changes,
});

export const evaluation = (rows: Values[]): Values => ({ rows });

export const rated = (unit: string, rating: string, next: string, changes: Values = {}): Values => ({
  unit,
  after: '开工率 63%，仍有一个标段没有开工。',
  rating,
  next,
  ...changes,
});

export const review = (result: string, changes: Values = {}): Values => ({
  result,
  reason: '经核对台账和现场照片，已经逐项核实。',
  ...changes,
});
