/** Owns the list of who follows whom: each field whose rules read others, and the circle that no rule can get out of. Rule: [FDS21]. */

import { RULES } from '@ganwei/form/outline';
import { relianceIn } from '@ganwei/form/reliance';
import { useMemo } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { useDesigning } from './designing.ts';
import { titleOf } from './names.ts';

export function Reliance() {
  const { form, places, selected, select, language } = useDesigning();
  const { say } = useSpeech();
  const reliances = useMemo(() => relianceIn(form).filter(({ reads }) => reads.length > 0), [form]);
  const byPath = new Map(places.map((place) => [place.path, place]));
  const [at] = selected;
  const own = places.find((place) => place.at === at)?.path;
  const shown =
    own === undefined ? reliances : reliances.filter(({ path, reads }) => path === own || reads.includes(own));
  const Name = ({ path }: { path: string }) => {
    const place = byPath.get(path);
    return (
      <button type="button" className="fd-link" onClick={() => place && select([place.at])}>
        {place ? titleOf(place.node, place.key, language) : path}
      </button>
    );
  };
  return (
    <details className="flow-group">
      <summary>
        {say('formDesign.reliance')} <span className="dim">{shown.length}</span>
      </summary>
      {shown.length === 0 && <p className="dim">{say('formDesign.noReliance')}</p>}
      <ul className="fd-reliance">
        {shown.map(({ path, rule, reads }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several complaints of one field look alike
          <li key={`${path} ${rule} ${index}`}>
            <Name path={path} />
            <span className="dim">{RULES[rule]?.[language === 'zh-CN' ? 'zh' : 'en'] ?? rule} ← </span>
            {reads.map((one) => (
              <Name key={one} path={one} />
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
