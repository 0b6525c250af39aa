import { runProgram } from './host/code-cache';
import { compileLater } from './host/compile-later';
import { createNodeCache } from './host/node-cache';

// What is called (dist/cli.js, dist/server.js): the program of the same name lies beside it.
compileLater();
runProgram(__filename.replace(/\.js$/, '.program.js'), process.argv[2] ?? '', createNodeCache());
