/** A pure function of a record, called once for each: what it gives is the same object as long as the record is. */
export function remembering<R extends object, V>(of: (record: R) => V): (record: R) => V {
  const values = new WeakMap<R, V>();
  return (record) => {
    const known = values.get(record);
    if (known !== undefined) return known;
    const value = of(record);
    values.set(record, value);
    return value;
  };
}
