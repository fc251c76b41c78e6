/** The address of a file that is put beside the pages. */
declare module '*?url' {
  const address: string;
  export default address;
}
