/**
 * Owns which colour an element gets: the values of the file's first category in their order, e.g. the organs that do the work. Pale, so that
 * names can be read on them, and none of those that say how far a case has come (green and blue).
 */

const FILLS = ['#f0f0f0', '#fff7cc', '#efe3fb', '#d3f0ee', '#ffdfdc', '#ead9c7'];

/** Element -> its fill; empty where the file has no category. More values than colours share them in turn. */
export function fillsOf({ rootElements }) {
  const values = rootElements.find(({ $type }) => $type === 'bpmn:Category')?.categoryValue ?? [];
  const fills = new Map();
  const visit = (scope) => {
    for (const element of scope.flowElements ?? []) {
      const at = values.indexOf(element.categoryValueRef?.[0]);
      if (at >= 0) fills.set(element, FILLS[at % FILLS.length]);
      visit(element);
    }
  };
  for (const element of rootElements) visit(element);
  return fills;
}
