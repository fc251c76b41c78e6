import { test } from 'vitest';
import { openHeadless } from '/work/main/test/form/headless.ts';
import { LOOKUPS, loadForm, SCOPE } from '/work/main/test/form/world.ts';

test('x', async () => {
  const form = loadForm('visit');
  const h = openHeadless(form, { access: [], opened: {}, scope: SCOPE, lookups: LOOKUPS });
  h.enter({ way: 'visit', visitor: { name: '够长', stay: { period: ['2026-02-10', '2026-02-12'] } } });
  console.log(
    JSON.stringify(h.values()),
    h.form.query('visitor.stay').get('display'),
    h.form.query('visitor.stay.days').get('display'),
  );
  h.form.setValuesIn('visitor.stay.period', ['2026-02-10', '2026-02-13']);
  console.log(JSON.stringify(h.values()));
  h.close();
});
