import { LogOut, Play, RotateCw, Square, Trash2, type LucideIcon } from 'lucide-react';
import type { Wish } from './sessions.query.js';

/** The icon of each action. */
export const WISH_ICONS: Readonly<Record<Wish, LucideIcon>> = {
  start: Play,
  stop: Square,
  restart: RotateCw,
  logout: LogOut,
  delete: Trash2
};
