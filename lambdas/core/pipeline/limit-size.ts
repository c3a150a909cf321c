/** Refuses bodies that are too large, before anything is read in them. */
import { bodyTooLarge } from '../contract/errors.ts';
import type { Step } from './exchange.ts';

const mebibyte = 1024 * 1024;

/** These carry images and files. */
const large = ['ManagedLoginBranding', 'UICustomization', 'UserImportJob'];

export const limitSize: Step<'request'> = {
  before({ internal: { request } }) {
    const target = request.headers['x-amz-target'] ?? '';
    const limit = large.some((subject) => target.includes(subject)) ? 6 * mebibyte : mebibyte;
    if (request.body.length > limit) throw bodyTooLarge();
  },
};
