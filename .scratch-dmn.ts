import fs from 'node:fs';
import { loadDecision } from './packages/decision/load.ts';
import { lintDecision } from './packages/decision/lint.ts';
const L = { mode: 'strict' as const, functions: {} };
export default async function () {
  const dir = 'processes/tolerance';
  const all: Record<string, Awaited<ReturnType<typeof loadDecision>>> = {};
  for (const f of fs.readdirSync(dir).filter((f) => f.endsWith('.dmn'))) {
    try { const d = await loadDecision(fs.readFileSync(`${dir}/${f}`, 'utf8'), L); all[d.id] = d;
      console.log(f, d.id, d.name, d.rules.length, 'needs', d.requires.join(' '), lintDecision(d).map((p) => p.severity + ' ' + p.message).join(' | ')); }
    catch (e) { console.log(f, String(e)); }
  }
  const t = (k: string, s: object) => { try { const o = all[k]!.evaluate(s as never); console.log(k, JSON.stringify(o.result), o.matched.join()); } catch (e) { console.log(k, 'ERR', (e as Error).message, (e as Error).cause); } };
  const au = { subjectKind: 'person', cadreClass: '市管', unitKind: 'gov', unitLevel: 'city', existingLevel: null };
  t('authority', au); t('authority', { ...au, cadreClass: '省管' }); t('authority', { ...au, existingLevel: 'county' }); t('authority', { ...au, cadreClass: '县管' }); t('authority', { ...au, subjectKind: 'unit', cadreClass: null, unitKind: 'county', unitLevel: 'county' }); t('authority', { ...au, subjectKind: 'unit', cadreClass: null, unitLevel: 'county' });
  const al = { cadreClass: '市管', mainPost: false, lossVerified: 12.5, socialImpact: '较小', panelSpread: 1, differs: false, situations: ['TS01'], subjectKind: 'person', unitKind: 'gov', unitLevel: 'city' };
  t('approval-level', al); t('approval-level', { ...al, mainPost: true }); t('approval-level', { ...al, lossVerified: 500 }); t('approval-level', { ...al, situations: ['TS99'] }); t('approval-level', { ...al, panelSpread: 2 });t('approval-level', { ...al, panelSpread: null });
  const el = { negativeFindings: [], situationFindings: ['成立'], distinctionFindings: ['属于前者', '不涉及', '属于前者'], average: 1, motiveAverage: 1, procedureAverage: 0.5, remedyRatio: 0.6, filingWeight: 'none' };
  t('eligibility', el); t('eligibility', { ...el, negativeFindings: ['NT03'], average: null, motiveAverage: null, procedureAverage: null }); t('eligibility', { ...el, average: null, motiveAverage: null, procedureAverage: null, remedyRatio: null }); t('eligibility', { ...el, negativeFindings: ['NT08'] }); t('eligibility', { ...el, average: 0.6, filingWeight: 'strong' }); t('eligibility', { ...el, average: 0.6 }); t('eligibility', { ...el, average: -0.5 }); t('eligibility', { ...el, situationFindings: ['不成立'] }); t('eligibility', { ...el, distinctionFindings: ['属于后者'] }); t('eligibility', { ...el, motiveAverage: -1 });t('eligibility', { ...el, remedyRatio: 0.2 });
  t('deadline', { process: 'tolerance' }); t('deadline', { process: 'x' });
  t('influence', { handlings: ['诫勉', '党内严重警告'] }); t('influence', { handlings: [] }); t('influence', { handlings: null }); t('influence', { handlings: ['批评教育'] });t('influence', { handlings: '诫勉' });
  const fw = { revokedFrom: null, actDate: '2026-02-10', status: '已备案', validFrom: '2026-01-20', validTo: '2027-01-19', scope: 'in', filedAt: '2026-01-12', actionStart: '2026-02-01', measuresDone: true };
  t('filing-weight', fw); t('filing-weight', { ...fw, revokedFrom: '2026-02-01', status: '已撤销' }); t('filing-weight', { ...fw, actDate: '2026-01-25', revokedFrom: '2026-02-01', status: '已撤销' }); t('filing-weight', { ...fw, actDate: '2026-01-10' }); t('filing-weight', { ...fw, scope: 'out' }); t('filing-weight', { ...fw, status: '未备案', validFrom: null, validTo: null }); t('filing-weight', { ...fw, actionStart: '2026-01-10' });
  t('recipients', { documentType: 'tolerance-decision' }); t('recipients', { documentType: 'circular' });
  t('fast-track', { lossAmount: 5, socialImpact: '无', filingWeight: 'strong' });
  for (const n of [3, 5, 6, 12, 20, 21, 40]) t('sampling', { itemCount: n, mandatoryCount: 11 });
  for (const n of [-5, -1, 0, 1, 2, 3, 5, 6, 11]) t('escalation', { overdueDays: n, interviewPlan: n === 11 });
}
