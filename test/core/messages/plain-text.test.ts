import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainTextOf } from '../../../lambdas/core/messages/plain-text.ts';

describe('The plain-text part of a mail', () => {
  test.each<[string, string, string]>([
    ['is the template when that has no markup', 'Hello,\n\n  {####} & 1 < 2', 'Hello,\n\n  {####} & 1 < 2'],
    ['has no tags', '<b>Hello</b> <i class="x">{username}</i>', 'Hello {username}'],
    ['breaks lines where a reader sees them break', 'a<br>b<br/>c<p>d</p><div>e</div>', 'a\nb\nc\nd\n\ne'],
    ['takes blanks as HTML does', '<p>  a \n\t b  </p>', 'a b'],
    ['has no more than one empty line', '<p>a</p><div></div><br><br><p>b</p>', 'a\n\nb'],
    [
      'leaves out what is not seen',
      '<head><title>t</title></head><STYLE>p{}</STYLE>a<script>x<b>y</b></script>b',
      'ab',
    ],
    ['leaves out comments and what stands in them', 'a<!-- <p>x</p> -->b', 'ab'],
    ['leaves out what follows a comment without an end', 'a<!-- b <p>c', 'a'],
    ['is what everybody sees but Outlook', 'a<!--[if !mso]><!--><p>b</p><!--<![endif]-->c', 'a\nb\nc'],
    ['is not what Outlook alone sees', 'a<!--[if mso]><p>b</p><![endif]-->c', 'ac'],
    ['does not name the type of the document', '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><p>a</p>', 'a'],
    [
      'keeps cells apart',
      '<table><tr><th>Code</th> <td>1</td></tr><tr><td>2</td><td>3</td></tr></table>',
      'Code 1\n\n2 3',
    ],
    ['says where links lead', '<a href="https://a.example/?x=1">Here</a>', 'Here (https://a.example/?x=1)'],
    ['knows either quotation mark', "<a class='k' href='https://a.example/'>Here</a>", 'Here (https://a.example/)'],
    ['keeps links without a target as text', '<a name="top">Top</a>', 'Top'],
    [
      'reads the entities that people write',
      '<p>&lt;&amp;&gt;&quot;&#39;&apos;&nbsp;&copy;&amp;lt;</p>',
      `<&>"'' &copy;&lt;`,
    ],
    ['keeps what only looks like markup', '<p>1 < 2 and <3 <></p>', '1 < 2 and <3 <>'],
  ])('%s', (_title, html, expected) => {
    expect(plainTextOf(html)).toBe(expected);
  });

  test('keeps every placeholder that a reader sees', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<p>', '</p>', '<b>', '<br>', ' ', '{####}', '{username}', 'x')),
        (pieces) => {
          const seen = plainTextOf(pieces.join(''));
          for (const placeholder of ['{####}', '{username}']) {
            expect(seen.split(placeholder).length - 1).toBe(pieces.filter((piece) => piece === placeholder).length);
          }
        },
      ),
    );
  });

  test('comes of any template, and of one that is hostile to search in the time of any other', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (html) => typeof plainTextOf(html) === 'string'));
    for (const piece of ['<', '<!--', '<a', '<a href=', '<style>', '&amp', '<p\n', '</', '\n', ' ']) {
      expect(plainTextOf(piece.repeat(20_000)).length).toBeLessThanOrEqual(piece.length * 20_000);
    }
  });
});
