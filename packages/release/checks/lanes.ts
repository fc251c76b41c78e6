/** Owns lanes: where a flow's cases stand when their affair is seen whole is a word of the directory. */
import { checkOf, lacking } from './check.ts';

export const lanes = checkOf('lanes', 'process', ({ release, value: { model }, report }) => {
  const words = release.directory?.lanes.map(({ key }) => key);
  const { lane } = model.case;
  if (!words || lane === undefined || words.includes(lane)) return;
  report({ element: model.id, ...lacking(lane, words, { what: '阶段' }) });
});
