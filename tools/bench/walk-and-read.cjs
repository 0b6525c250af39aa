// The least that a check of a folder costs: every folder listed, every YAML file read, nothing done with it.
'use strict';
const { readdirSync, readFileSync } = require('node:fs');

const walk = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) entry.name === '.git' || walk(path);
    else if (entry.isFile() && /\.ya?ml$/.test(entry.name)) readFileSync(path, 'utf8');
  }
};
walk(process.argv[2]);
