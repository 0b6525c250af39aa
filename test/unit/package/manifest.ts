import { readFileSync } from 'node:fs';

export interface Setting {
  readonly type?: string;
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
}

export interface Manifest {
  readonly files: readonly string[];
  readonly main: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly icon: string;
  readonly keywords: readonly string[];
  readonly activationEvents: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category?: string }[];
    readonly menus: Readonly<Record<string, readonly { command: string; when: string }[]>>;
    readonly views: Readonly<Record<string, readonly { id: string; name: string; when?: string; icon?: string }[]>>;
    readonly configuration: readonly { title: string; properties: Readonly<Record<string, Setting>> }[];
    readonly problemMatchers: readonly { pattern: { regexp: string } }[];
  };
}

/** The manifest of the extension and npm package; tests run in the project's root. */
export const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** Texts that `%key%` in the manifest stands for. */
export const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
