/** Every command of the admin door, by its name: one file for each. */
import { check } from './check.ts';
import { image } from './image.ts';
import { networks } from './networks.ts';
import { pull } from './pull.ts';
import { pulls } from './pulls.ts';
import { why } from './why.ts';

export const ADMIN_COMMANDS = { check, image, networks, pull, pulls, why };

export type AdminCommands = typeof ADMIN_COMMANDS;
