/** A program that unpacks the browser into the temporary folder that it is given, and prints where it lies. */
import chromium from '@sparticuz/chromium';

process.stdout.write(await chromium.executablePath());
