import { basename } from 'node:path';
import { runProgram } from './host/code-cache';
import { setEngineFlags } from './host/engine-flags';
import { createNodeCache } from './host/node-cache';

// What is called (dist/cli.js, dist/server.js): the program of the same name lies beside it.
setEngineFlags(basename(__filename) === 'server.js' ? 'server' : 'command');
runProgram(__filename.replace(/\.js$/, '.program.js'), process.argv[2] ?? '', createNodeCache());
