// A field table is bundled as text and parsed on first use, so that starting costs nothing for kinds nobody opens.
declare module '*.fields.json' {
  const table: () => import('./field-table').FieldTable;
  export default table;
}
