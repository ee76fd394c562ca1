/* Templates and what Jinja 3.1 renders them to, over the variables of test-jinja.c. */
#pragma once

typedef struct
{
  const char *group;
  const char *source;
  const char *expected;
} JinjaCase;

static const JinjaCase jinja_cases[] = {
  { "arithmetic",
    "{{ a + 1 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 2 ** "
    "10 }} {{ 2 ** -1 }} {{ 2 ** 0.5 }}",
    "2 3 -4 1 2 3.5 1024 0.5 1.4142135623730951" },
  { "printing",
    "{{ 1.0 }} {{ 1e16 }} {{ 1e15 }} {{ 1.5e-5 }} {{ 0.0001 }} {{ 1e22 }} {{ 123456789.12"
    "3 }} {{ 0.1 + 0.2 }} {{ -0.0 }} {{ 5.0 // 2 }} {{ -5.5 % 2 }} {{ 5 % -3 }} {{ 5.5 //"
    " -2 }}",
    "1.0 1e+16 1000000000000000.0 1.5e-05 0.0001 1e+22 123456789.123 0.30000000000000004 "
    "-0.0 2.0 0.5 -1 -3.0" },
  { "printing",
    "{{ true }} {{ none }} {{ True + 1 }} {{ [1, \"a\", 'b\\'c', none, true, 1.5, {'k': ("
    "1,)}] }} {{ (1, 2) }} {{ () }} {{ {} }}",
    "True None 2 [1, 'a', \"b'c\", None, True, 1.5, {'k': (1,)}] (1, 2) () {}" },
  { "subscripts",
    "{{ l[0] }} {{ l[-1] }} {{ l[5] }} {{ l[1:] }} {{ l[::-1] }} {{ l[:-1] }} {{ l[-2:] }"
    "} {{ l[::2] }} {{ u[1] }} {{ u[::-1] }} {{ u[-3:] }} {{ u[2:5] }} {{ l[5:1:-1] }}",
    "3 2  [1, 2] [2, 1, 3] [3, 1] [1, 2] [3, 2] 好 eßartß dlröw 好你 aße  wö [2]" },
  { "subscripts",
    "{{ d.x }} {{ d['y'] }} {{ d.items() | list }} {{ d['items'] }} {{ d.nope }} {{ d.get"
    "('x') }} {{ d.get('q', 5) }} {{ d.keys() | list }} {{ d.values() | list }}",
    "1 z [('x', 1), ('y', 'z'), ('items', [1])] [1]  1 5 ['x', 'y', 'items'] [1, 'z', [1]"
    "]" },
  { "subscripts",
    "{{ d.keys() }} {{ d.values() }} {{ d.items() }}",
    "dict_keys(['x', 'y', 'items']) dict_values([1, 'z', [1]]) dict_items([('x', 1), ('y'"
    ", 'z'), ('items', [1])])" },
  { "undefined",
    "{{ undefinedx }}|{{ undefinedx is defined }}|{{ undefinedx | default('x') }}|{{ '' |"
    " default('y', true) }}",
    "|False|x|y" },
  { "operators",
    "{{ 'a' ~ 1 ~ none ~ true ~ undefinedx }}",
    "a1NoneTrue" },
  { "operators",
    "{{ 1 < 2 < 3 }} {{ 1 < 2 > 5 }} {{ 1 in l }} {{ 9 not in l }} {{ 'ell' in s }} {{ 'x"
    "' in d }} {{ 1 == 1.0 }} {{ true == 1 }} {{ 'a' < 'b' }} {{ [1,2] < [1,3] }}",
    "True False True True True True True True True True" },
  { "operators",
    "{{ not a }} {{ a and 0 or 5 }} {{ 'x' if a else 'y' }} {{ 'x' if false }} {{ a is od"
    "d }} {{ a is even }} {{ a is not none }}",
    "False 5 x  True False True" },
  { "text",
    "{{ s | trim }}|{{ s | upper }}|{{ s | lower }}|{{ s | title }}|{{ s | capitalize }}|"
    "{{ u | upper }}|{{ u | title }}|{{ u.title() }}|{{ u | capitalize }}",
    "Hello World, hello|  HELLO WORLD, HELLO  |  hello world, hello  |  Hello World, Hell"
    "o  |  hello world, hello  |你好 WÖRLD SSTRASSE|你好 Wörld SStraße|你好 Wörld Sstraße|你好 wö"
    "rld ßtraße" },
  { "text",
    "{{ s.strip() }}|{{ s.split() }}|{{ s.split(',') }}|{{ s.split('l', 2) }}|{{ s.rsplit"
    "('l', 1) }}|{{ 'a  b c '.split(None, 1) }}|{{ ' a  b c '.rsplit(None, 1) }}|{{ 'abca"
    "bc'.split('bc') }}",
    "Hello World, hello|['Hello', 'World,', 'hello']|['  Hello World', ' hello  ']|['  He"
    "', '', 'o World, hello  ']|['  Hello World, hel', 'o  ']|['a', 'b c ']|[' a  b', 'c'"
    "]|['a', 'a', '']" },
  { "text",
    "{{ 'aXbX'.replace('X', '--') }} {{ 'aXbX'.replace('X', '--', 1) }} {{ 'ab'.replace('"
    "', '-') }} {{ 'aXb' | replace('X', 5) }}",
    "a--b-- a--bX -a-b- a5b" },
  { "text",
    "{{ 'a\\nb\\r\\nc\\n'.splitlines() }} {{ 'a\\nb'.splitlines(true) }} {{ 'k=v=w'.parti"
    "tion('=') }} {{ 'k=v=w'.rpartition('=') }} {{ 'kv'.partition('=') }} {{ 'kv'.rpartit"
    "ion('=') }}",
    "['a', 'b', 'c'] ['a\\n', 'b'] ('k', '=', 'v=w') ('k=v', '=', 'w') ('kv', '', '') (''"
    ", '', 'kv')" },
  { "text",
    "{{ '-'.join(['a','b']) }} {{ l | join('-') }} {{ l | join }} {{ people | join(',', a"
    "ttribute='name') }} {{ '{} {}'.format(1, 'x') }} {{ '{0}{1}{0}'.format(1, 2) }} {{ '"
    "{a}-{b}'.format(a=1, b=2) }}",
    "a-b 3-1-2 312 bob,Al,al 1 x 121 1-2" },
  { "text",
    "{{ '%s %d %05.2f %x %r %%' % ('a', 5, 3.14159, 255, 'q') }} {{ '%s' % 5 }} {{ '%(k)s"
    "' % {'k': 3} }} {{ '%s-%s' | format(1, 2) }} {{ '%5s|%-5s|%05d|%+d' % ('a','b',42,7)"
    " }}",
    "a 5 03.14 ff 'q' % 5 3 1-2     a|b    |00042|+7" },
  { "text",
    "{{ '{:>5}|{:<5}|{:^5}|{:05d}|{:.2f}|{:,}|{:x}|{:e}|{:%}'.format('a','b','c',42,3.141"
    "59,1234567,255,12345.678,0.25) }}",
    "    a|b    |  c  |00042|3.14|1,234,567|ff|1.234568e+04|25.000000%" },
  { "sequences",
    "{{ l | sort }} {{ l | sort(reverse=true) }} {{ people | sort(attribute='name') | map"
    "(attribute='name') | list }} {{ people | sort(attribute='c.t,age') | map(attribute='"
    "age') | list }} {{ ['b','A','c'] | sort }} {{ ['b','A','c'] | sort(case_sensitive=tr"
    "ue) }}",
    "[1, 2, 3] [3, 2, 1] ['Al', 'al', 'bob'] [3, 4, 5] ['A', 'b', 'c'] ['A', 'b', 'c']" },
  { "sequences",
    "{{ l | first }} {{ l | last }} {{ el | first }} {{ l | length }} {{ l | sum }} {{ l "
    "| min }} {{ l | max }} {{ people | sum(attribute='age') }} {{ people | min(attribute"
    "='age') }} {{ ['b','A'] | min }} {{ ['b','a','B'] | max }}",
    "3 2  3 6 1 3 12 {'name': 'bob', 'age': 3, 'c': {'t': 'x'}} A b" },
  { "sequences",
    "{{ l | map('string') | list }} {{ ['a','b'] | map('upper') | join }} {{ people | map"
    "(attribute='zz', default='-') | list }} {{ l | select('odd') | list }} {{ l | reject"
    "('odd') | list }} {{ l | select('greaterthan', 1) | list }} {{ [0,1,''] | select | l"
    "ist }}",
    "['3', '1', '2'] AB ['-', '-', '-'] [3, 1] [2] [3, 2] [1]" },
  { "sequences",
    "{{ people | selectattr('age', '>', 3) | map(attribute='name') | list }} {{ people | "
    "rejectattr('name', 'equalto', 'bob') | list | length }} {{ people | selectattr('age'"
    ") | list | length }} {{ people | selectattr('c.t', 'eq', 'x') | list | length }}",
    "['Al', 'al'] 2 3 2" },
  { "sequences",
    "{{ l | unique | list }} {{ ['a','A','b'] | unique | list }} {{ ['a','A','b'] | uniqu"
    "e(case_sensitive=true) | list }} {{ l | batch(2) | list }} {{ l | batch(2, 'x') | li"
    "st }} {{ l | slice(2) | list }} {{ [1,2,3,4,5] | slice(3, 'f') | list }}",
    "[3, 1, 2] ['a', 'b'] ['a', 'A', 'b'] [[3, 1], [2]] [[3, 1], [2, 'x']] [[3, 1], [2]] "
    "[[1, 2], [3, 4], [5, 'f']]" },
  { "sequences",
    "{{ l | reverse | list }} {{ 'abc' | reverse }} {{ 'abc' | list }} {{ d | list }} {{ "
    "d | dictsort }} {{ {'b':1,'A':2} | dictsort }} {{ {'b':1,'A':2} | dictsort(true) }} "
    "{{ {'b':1,'A':2} | dictsort(by='value') }} {{ {'b':1,'A':2} | dictsort(reverse=true)"
    " }}",
    "[2, 1, 3] cba ['a', 'b', 'c'] ['x', 'y', 'items'] [('items', [1]), ('x', 1), ('y', '"
    "z')] [('A', 2), ('b', 1)] [('A', 2), ('b', 1)] [('b', 1), ('A', 2)] [('b', 1), ('A',"
    " 2)]" },
  { "sequences",
    "{% for k, v in people | groupby('c.t') %}{{ k }}:{{ v | length }};{% endfor %}{% for"
    " g in people | groupby('name') %}{{ g.grouper }}={{ g.list | length }} {% endfor %}",
    "x:2;y:1;Al=2 bob=1 " },
  { "json",
    "{{ d | tojson }} {{ d | tojson(indent=2) }} {{ u | tojson }} {{ u | tojson(ensure_as"
    "cii=true) }} {{ [1.0, 1e20, none, true, \"a\\\"\\\\\\n\\t\\x01/\"] | tojson }} {{ {1"
    ": 2, none: 3, true: 4, 1.5: 1} | tojson }} {{ [] | tojson(indent=2) }} {{ [[],{}] | "
    "tojson(indent=4) }} {{ {'b':1,'a':2} | tojson(sort_keys=true) }} {{ [1,2] | tojson(s"
    "eparators=(',', ':')) }} {{ (1,2) | tojson }}",
    "{\"x\": 1, \"y\": \"z\", \"items\": [1]} {\n  \"x\": 1,\n  \"y\": \"z\",\n  \"items"
    "\": [\n    1\n  ]\n} \"你好 wörld ßtraße\" \"\\u4f60\\u597d w\\u00f6rld \\u00dftra\\u0"
    "0dfe\" [1.0, 1e+20, null, true, \"a\\\"\\\\\\n\\t\\u0001/\"] {\"1\": 4, \"null\": 3,"
    " \"1.5\": 1} [] [\n    [],\n    {}\n] {\"a\": 2, \"b\": 1} [1,2] [1, 2]" },
  { "layout",
    "{{ 'a\\nb\\n\\nc' | indent }}|{{ 'a\\nb' | indent(2, true) }}|{{ 'a\\n\\nb\\n' | ind"
    "ent(2, blank=true) }}|{{ 'a\\nb' | indent('> ') }}",
    "a\n    b\n\n    c|  a\n  b|a\n  \n  b\n  |a\n> b" },
  { "layout",
    "{{ 'x' | center(5) }}|{{ 'xy' | center(5) }}|{{ 'xy'.center(7, '*') }}|{{ 'x'.ljust("
    "3) }}|{{ 'x'.rjust(3, '0') }}|{{ '-5'.zfill(4) }}",
    "  x  |  xy |***xy**|x  |00x|-005" },
  { "layout",
    "{{ 'foo bar baz qux' | truncate(9) }} {{ 'foo bar baz qux' | truncate(9, true) }} {{"
    " 'foo bar baz qux' | truncate(11) }} {{ 'foo bar baz qux' | truncate(11, false, '..'"
    ", 0) }}",
    "foo... foo ba... foo bar baz qux foo bar.." },
  { "layout",
    "{{ 'foo bar baz qux foo bar baz' | wordwrap(10) }} {{ 'foofoofoofoo bar' | wordwrap("
    "5) }} {{ 'foofoofoofoo bar' | wordwrap(5, false) }} {{ 'foo bar  baz' | wordwrap(7, "
    "wrapstring='|') }}",
    "foo bar\nbaz qux\nfoo bar\nbaz foofo\nofoof\noo\nbar foofoofoofoo\nbar foo bar|baz" },
  { "layout",
    "{{ 'foo bar-baz x_y 你好' | wordcount }} {{ '<b>x &</b>\"\\'' | escape }} {{ '<b>x</b>"
    " <!-- c --> y' | striptags }} {{ 'a b/c?d=é' | urlencode }} {{ {'a b': 'c&d'} | urle"
    "ncode }}",
    "5 &lt;b&gt;x &amp;&lt;/b&gt;&#34;&#39; x y a%20b/c%3Fd%3D%C3%A9 a+b=c%26d" },
  { "numbers",
    "{{ '42' | int }} {{ '42.9' | int }} {{ 'x' | int }} {{ 'x' | int(-1) }} {{ '0x1A' | "
    "int(base=16) }} {{ 'ff' | int(0, 16) }} {{ 3.9 | int }} {{ true | int }} {{ none | i"
    "nt }} {{ '1_000' | int }} {{ ' 7 ' | int }} {{ '1e3' | int }}",
    "42 42 0 -1 26 255 3 1 0 1000 7 1000" },
  { "numbers",
    "{{ '1.5' | float }} {{ 'x' | float }} {{ 'x' | float(2.5) }} {{ 3 | float }} {{ 'inf"
    "' | float }} {{ '1e400' | float }} {{ '0x10' | float }}",
    "1.5 0.0 2.5 3.0 inf inf 0.0" },
  { "numbers",
    "{{ 2.5 | round }} {{ 3.5 | round }} {{ 2.675 | round(2) }} {{ 42.55 | round(1, 'floo"
    "r') }} {{ 42.51 | round(1, 'ceil') }} {{ 5 | round }} {{ 1234 | round(-2) }} {{ 1250"
    ".5 | round(-2) }} {{ -3 | abs }} {{ (-3.5) | abs }}",
    "2.0 4.0 2.67 42.5 42.6 5 1200 1300.0 3 3.5" },
  { "tests",
    "{{ l is sequence }} {{ d is mapping }} {{ 's' is string }} {{ 1 is number }} {{ 1 is"
    " integer }} {{ 1.0 is float }} {{ true is boolean }} {{ true is integer }} {{ true i"
    "s number }} {{ none is none }} {{ d is iterable }} {{ 1 is iterable }} {{ 's' is ite"
    "rable }} {{ d is sequence }} {{ undefinedx is iterable }} {{ undefinedx is sequence "
    "}} {{ range is callable }} {{ 4 is divisibleby 2 }} {{ 4 is divisibleby(3) }} {{ 'A'"
    " is upper }} {{ 'a' is lower }} {{ 1 is in [1,2] }} {{ 1 is eq 1 }} {{ 'upper' is fi"
    "lter }} {{ 'odd' is test }} {{ a is sameas a }} {{ l is sameas l }} {{ false is fals"
    "e }} {{ 0 is false }}",
    "True True True True True True True False True True True False True True True True Tr"
    "ue True False True True True True True True True True True False" },
  { "functions",
    "{{ range(3) }} {{ range(1, 4) | list }} {{ range(5, 0, -2) | list }} {{ range(3)[1] "
    "}} {{ range(3) | length }} {{ 2 in range(3) }} {{ range(0) | list }}",
    "range(0, 3) [1, 2, 3] [5, 3, 1] 1 3 True []" },
  { "functions",
    "{{ dict(a=1, b=2) }} {{ dict([('x', 1)]) }} {{ dict(d, z=3) }} {{ namespace(a=1) }} "
    "{{ namespace(a=1).a }} {{ namespace(d).x }}",
    "{'a': 1, 'b': 2} {'x': 1} {'x': 1, 'y': 'z', 'items': [1], 'z': 3} <Namespace {'a': "
    "1}> 1 1" },
  { "functions",
    "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current"
    " }}{% set j = joiner('|') %}{{ j() }}{{ j() }}x{{ j() }}",
    "abab|x|" },
  { "functions",
    "{{ strftime_now('%d %b %Y %H:%M:%S %A %B %j %y %p %I %a %-d %e|%%|%f|%Z|%U %w %x %X "
    "%c') }}",
    "02 Jan 2026 03:04:05 Friday January 002 26 AM 03 Fri 2  2|%|000000||00 5 01/02/26 03"
    ":04:05 Fri Jan  2 03:04:05 2026" },
  { "loops",
    "{% for x in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex"
    "0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.previtem }}{{ loop.nexti"
    "tem }}{{ loop.depth }}{{ loop.depth0 }}{{ loop.cycle('o','e') }};{% endfor %}",
    "1032TrueFalse3110o;2121FalseFalse33210e;3210FalseTrue3110o;" },
  { "loops",
    "{% for x in [1,1,2] %}{{ loop.changed(x) }}{% endfor %}{% for x in [] %}x{% else %}e"
    "mpty{% endfor %}{% for x in l if x > 1 %}{{ x }}{{ loop.length }}{% else %}none{% en"
    "dfor %}",
    "TrueFalseTrueempty3222" },
  { "loops",
    "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}{% for k in d %}{{ k }}{% end"
    "for %}{% for c in 'abc' %}{{ c }}-{% endfor %}{% for (a, b), c in [((1,2),3)] %}{{ a"
    " }}{{ b }}{{ c }}{% endfor %}",
    "x=1;y=z;items=[1];xyitemsa-b-c-123" },
  { "loops",
    "{% set x = 0 %}{% for i in l %}{% set x = x + i %}{{ x }},{% endfor %}{{ x }}{% set "
    "ns = namespace(x=0) %}{% for i in l %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }"
    "}",
    "3,1,2,06" },
  { "loops",
    "{% for i in range(10) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 5 %}{% br"
    "eak %}{% endif %}{{ i }}{% endfor %}",
    "0134" },
  { "loops",
    "{% for item in [{'n':1,'c':[{'n':2,'c':[]}]}] recursive %}{{ item.n }}({{ loop.depth"
    " }}{{ loop(item.c) }}){% endfor %}",
    "1(12(2))" },
  { "macros",
    "{% macro m(x, y=2, z=x) %}[{{ x }}{{ y }}{{ z }}]{% endmacro %}{{ m(1) }}{{ m(1, 3) "
    "}}{{ m(y=5, x=1) }}{{ m() }}",
    "[121][131][151][2]" },
  { "macros",
    "{% macro m(x) %}{{ x }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, k=4) }}",
    "1(2, 3){'k': 4}" },
  { "macros",
    "{% macro m(x) %}<{{ caller(x) }}>{% endmacro %}{% call(v) m(3) %}v={{ v }}{% endcall"
    " %}{{ m.name }}{{ m.arguments }}",
    "<v=3>m('x',)" },
  { "macros",
    "{% macro fact(n) %}{% if n <= 1 %}1{% else %}{{ n * (fact(n - 1) | int) }}{% endif %"
    "}{% endmacro %}{{ fact(10) }}",
    "3628800" },
  { "scopes",
    "{% set x %}a{{ b }}c{% endset %}{{ x }}{% set y | upper | trim %} q {% endset %}{{ y"
    " }}|{% filter upper | replace('A', 'b') %}abc{{ b }}{% endfilter %}",
    "atextcQ|bBCTEXT" },
  { "scopes",
    "{% with a = 5, q = a %}{{ a }}{{ q }}{% endwith %}{{ a }}{% if a %}{% set zz = 3 %}{"
    "% endif %}{{ zz }}{% generation %}g{% set hh = 4 %}{{ hh }}{% endgeneration %}{{ hh "
    "}}",
    "5113g4" },
  { "scopes",
    "{% set a, b2 = 1, 2 %}{{ a }}{{ b2 }}{% set q = 1, %}{{ q }}{% for x in 1, 2 %}{{ x "
    "}}{% endfor %}",
    "12(1,)12" },
  { "literals",
    "b\" }}",
    "b\" }}" },
  { "literals",
    "{{ 0x1F }} {{ 0b11 }} {{ 0o17 }} {{ 1_000 }} {{ 1.5e3 }} {{ 1_0.5 }}",
    "31 3 15 1000 1500.0 10.5" },
  { "literals",
    "{{ {'a': {'b': {}}} }} {{ {'a': 1}['a'] }} {{ {'a':1}.a }} {{ [[1]][0][0] }} {{ (1 +"
    " 2) * 3 }} {{ -a ** 2 }} {{ 2 ** 3 ** 2 }} {{ not a == 2 }} {{ -1 | abs }} {{ 'a' + "
    "'b' | upper }}",
    "{'a': {'b': {}}} 1 1 1 9 1 64 True 1 aB" },
  { "changing",
    "{{ l.append(4) }}{{ l }}{{ l.pop() }}{{ l.pop(0) }}{{ l }}{{ l.insert(0, 'x') }}{{ l"
    " }}{{ l.extend([7]) }}{{ l.index(7) }}{{ l.count(7) }}{{ l.reverse() }}{{ l }}",
    "None[3, 1, 2, 4]43[1, 2]None['x', 1, 2]None31None[7, 2, 1, 'x']" },
  { "changing",
    "{{ d.update({'q': 1}) }}{{ d }}{{ d.pop('q') }}{{ d.setdefault('w', 3) }}{{ d }}{{ d"
    ".pop('nope', 'dflt') }}",
    "None{'x': 1, 'y': 'z', 'items': [1], 'q': 1}13{'x': 1, 'y': 'z', 'items': [1], 'w': "
    "3}dflt" },
  { "white-space",
    "{# comment #}x{#- c -#} y {# multi\nline #}\nz\n",
    "xy z" },
  { "white-space",
    "  {% if true %}  \n  a  \n  {% endif %}  \nb",
    "  \n  a  \n  \nb" },
  { "white-space",
    "\n  {%- if true -%}  \n  a  \n  {%- endif -%}  \nb",
    "ab" },
  { "white-space",
    "x  {%+ if true %}\ny{% endif +%}\nz",
    "x  y\nz" },
  { "white-space",
    "\n   {{ a }}\n   {{- a -}}   \n  q",
    "\n   11q" },
  { "white-space",
    "{% raw %}{{ x }}{% y %}{% endraw %}|{%- raw -%} q {%- endraw -%} z",
    "{{ x }}{% y %}|qz" },
  { "white-space",
    "\n  {% raw %}\n r {% endraw %}\nz",
    "\n\n r z" },
  { "white-space",
    "{% if a %}\n  x\n  {# c #}\n  y\n{% endif %}\n\nz\n\n",
    "  x\n  y\n\nz\n" },
  { "conditions",
    "{% if n is none and not e and el == [] %}1{% elif a %}2{% else %}3{% endif %}",
    "1" },
  { "lookup",
    "{{ people[0].name }} {{ people[0]['c']['t'] }} {{ people.0.name }} {{ nested.p.q[1]."
    "r }} {{ n.foo }} {{ n['foo'] }} {{ a.foo }} {{ b[0] }} {{ b.foo }} {{ b['x'] }} {{ d"
    "[0] }} {{ l['x'] }} {{ l.x }}",
    "bob x bob 3    t     " },
  { "lookup",
    "{% if false %}{{ b | nofilter }}{% endif %}ok",
    "ok" },
  { "mixed",
    "{{ l | length == 3 }} {{ l | length > 2 and true }} {{ messages | length - 1 }} {{ m"
    "essages[-1].role }} {{ messages[1:] | length }} {{ (messages | last).content }}",
    "True True 3 user 3 U2" },
  { "mixed",
    "{% if l | select('undefined') %}truthy{% endif %}",
    "truthy" },
  { "mixed",
    "{{ (l | select('odd') | list)[0] }} {{ l | select('odd') | first }}",
    "3 3" },
  { "mixed",
    "{{ loop }}",
    "" },
  { "mixed",
    "{{ [1,[2,(3,)],{'a':none}] }} {{ [\"a'b\", 'a\"b', 'a\\'\"b', \"\\n\", \"é\", \"\\x7"
    "f\", \"\\u200b\", \"\\U0001F600\"] }}",
    "[1, [2, (3,)], {'a': None}] [\"a'b\", 'a\"b', 'a\\'\"b', '\\n', 'é', '\\x7f', '\\u20"
    "0b', '😀']" },
  { "mixed",
    "{{ messages[0] }} {{ tools }}",
    "{'role': 'system', 'content': 'S'} [{'type': 'function', 'function': {'name': 'get',"
    " 'description': 'd', 'parameters': {'type': 'object', 'properties': {'city': {'type'"
    ": 'string'}}, 'required': ['city']}}}]" },
  { "mixed",
    "{{ 1 if true else 2 if false else 3 }} {{ (1 if false else 2) }} {{ [1 if a else 2, "
    "3] }}",
    "1 2 [1, 3]" },
  { "mixed",
    "{{ a if a is defined else 'x' }} {{ x if x is defined else 'x' }} {{ 'x' if a is str"
    "ing else 'y' }}",
    "1 x y" },
  { "mixed",
    "{{ a is defined and b is defined }} {{ a is defined or x }} {{ not x is defined }} {"
    "{ x is not defined }}",
    "True True True True" },
  { "mixed",
    "{{ d == {'x':1,'y':'z','items':[1]} }} {{ [1,2] == [1,2] }} {{ (1,2) == [1,2] }} {{ "
    "'a' == 1 }} {{ none == false }} {{ 1 != 2 }} {{ undefinedx == undefinedy }} {{ undef"
    "inedx == none }}",
    "True True False False False True True False" },
  { "mixed",
    "{{ caller is defined }} {{ loop is defined }} {{ range is defined }} {{ raise_except"
    "ion is defined }} {{ strftime_now is defined }} {{ namespace is defined }}",
    "False False True True True True" },
  { "mixed",
    "{% set _ = namespace(found=false) %}{% for m in messages %}{% if m.role == 'user' an"
    "d not _.found %}{% set _.found = true %}{{ m.content }}{% endif %}{% endfor %}",
    "U1" },
  { "mixed",
    "{% for m in messages %}{% if not loop.first and loop.previtem.role == 'user' %}after"
    " user {% endif %}{% if loop.nextitem is defined %}n{{ loop.nextitem.role }}{% endif "
    "%}{% endfor %}",
    "nusernassistantafter user nuser" },
  { "mixed",
    "{{ messages | map(attribute='role') | list }} {{ messages | selectattr('role', 'equa"
    "lto', 'user') | map(attribute='content') | join('+') }} {{ messages | selectattr('to"
    "ol_calls', 'defined') | list | length }}",
    "['system', 'user', 'assistant', 'user'] U1+U2 1" },
  { "mixed",
    "{{ tools[0].function | tojson }}\n{{ tools | tojson(indent=4) }}",
    "{\"name\": \"get\", \"description\": \"d\", \"parameters\": {\"type\": \"object\", "
    "\"properties\": {\"city\": {\"type\": \"string\"}}, \"required\": [\"city\"]}}\n[\n "
    "   {\n        \"type\": \"function\",\n        \"function\": {\n            \"name\""
    ": \"get\",\n            \"description\": \"d\",\n            \"parameters\": {\n    "
    "            \"type\": \"object\",\n                \"properties\": {\n              "
    "      \"city\": {\n                        \"type\": \"string\"\n                   "
    " }\n                },\n                \"required\": [\n                    \"city"
    "\"\n                ]\n            }\n        }\n    }\n]" },
  { "mixed",
    "{% set x = {'a': 1, 'b': [1, 2]} %}{{ x.a }}{{ x['b'][1] }}{% set x = dict(x, c=3) %"
    "}{{ x }}{% for k, v in x | items %}{{ k }}{% endfor %}{% for k, v in x | dictsort %}"
    "{{ k }}{{ v }}{% endfor %}",
    "12{'a': 1, 'b': [1, 2], 'c': 3}abca1b[1, 2]c3" },
  { "mixed",
    "{{ s | replace('l', 'L', 1) }}{{ s | replace('  ', '') | trim }}{{ s.lstrip() }}|{{ "
    "s.rstrip() }}|{{ 'xxhixx'.strip('x') }}|{{ 'abcba'.strip('ab') }}|{{ 'xxhixx' | trim"
    "('x') }}",
    "  HeLlo World, hello  Hello World, helloHello World, hello  |  Hello World, hello|hi"
    "|c|hi" },
  { "mixed",
    "{{ 'Hello'.lower().upper().title().capitalize() }} {{ 'a-b c'.title() }} {{ \"they'r"
    "e\" | title }} {{ \"they're\".title() }} {{ 'ǆ' | title }} {{ 'x' | title }} {{ 'a.b"
    "' | title }} {{ 'a(b' | title }}",
    "Hello A-B C They're They'Re Ǆ X A.b A(B" },
  { "mixed",
    "{{ 'abc'.isdigit() }} {{ '12'.isdigit() }} {{ 'ab'.isalpha() }} {{ 'ab1'.isalnum() }"
    "} {{ ' '.isspace() }} {{ 'AB'.isupper() }} {{ 'ab'.islower() }} {{ 'aXa'.count('a') "
    "}} {{ 'aXa'.count('') }} {{ 'abc'.removeprefix('a') }} {{ 'abc'.removesuffix('c') }}",
    "False True True True True True True 2 4 bc ab" },
  { "mixed",
    "{{ [3,1] | sort | first }} {{ {'a':1} | length }} {{ {'a':1} | first }} {{ 'abc' | f"
    "irst }} {{ 'abc' | last }} {{ '' | first }} {{ d | last }}",
    "1 1 a a c  items" },
  { "mixed",
    "{{ (1,2,3)[1:] }} {{ 'x' in (1,'x') }} {{ (1,2) | list }} {{ (1,2) | join('-') }} {{"
    " (1,2).count(1) }}",
    "(2, 3) True [1, 2] 1-2 1" },
  { "mixed",
    "{{ 1.0 | string }} {{ 10 | float | int }} {{ 3.0 == 3 }} {{ 1e3 | int }} {{ 7.0 / 2 "
    "}} {{ 6 / 2 }} {{ 1 / 3 }} {{ 2 / 3 }} {{ 100 * 1.1 }} {{ 1e100 }} {{ 1.797693134862"
    "3157e308 }} {{ 5e-324 }} {{ 1e23 }} {{ 123456789012345680.0 }}",
    "1.0 10 True 1000 3.5 3.0 0.3333333333333333 0.6666666666666666 110.00000000000001 1e"
    "+100 1.7976931348623157e+308 5e-324 1e+23 1.2345678901234568e+17" },
  { "mixed",
    "{{ 'abc' | attr('upper') is defined }} {{ d | attr('x') }} {{ namespace(q=1) | attr("
    "'q') }}",
    "True  1" },
  { "mixed",
    "{{ s is string and s | length > 3 }} {{ s is not string }} {{ l is not mapping and l"
    " is iterable }}",
    "True False True" },
  { "mixed",
    "{% macro a1() %}{{ b }}{% endmacro %}{% set b = 'changed' %}{{ a1() }}{% for i in [1"
    "] %}{% set b = 'inner' %}{{ a1() }}{{ b }}{% endfor %}{{ b }}",
    "changedchangedinnerchanged" },
  { "mixed",
    "{% macro outer() %}{% macro inner() %}in{% endmacro %}{{ inner() }}{% endmacro %}{{ "
    "outer() }}{{ inner is defined }}",
    "inFalse" },
  { "mixed",
    "{% for i in [1,2] %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}",
    "12" },
  { "mixed",
    "{% for i in [1] %}{% for j in [1,2] %}{{ loop.index }}{{ loop.length }}{% endfor %}{"
    "{ loop.length }}{% endfor %}",
    "12221" },
  { "mixed",
    "{% for i in l %}{% set outer_loop = loop %}{% for j in [1] %}{{ outer_loop.index }}{"
    "% endfor %}{% endfor %}",
    "123" },
  { "mixed",
    "{% if (a == 1) and (b == 'text') %}y{% endif %}{% if a == 1 and not (b == 'x' or n) "
    "%}y{% endif %}",
    "yy" },
  { "mixed",
    "{{ [messages[0].role, 'x'] | join(' ') }} {{ ('a', 'b') | join }} {{ [none, undefine"
    "dx, 1] | join(',') }}",
    "system x ab None,,1" },
  { "mixed",
    "{%set x=1%}{{x}}{%-set y=2-%}  {{-y-}}  z",
    "12z" },
  { "mixed",
    "{{ a }}\n{{ b }}\n",
    "1\ntext" },
  { "mixed",
    "\n\n{{ a }}",
    "\n\n1" },
  { "mixed",
    "{%- for m in messages %}\n{{- m.role }}\n{%- endfor %}\n",
    "systemuserassistantuser" },
  { "mixed",
    "  {%- if a %} x {%- endif %}  {{ b }}  {%- set q = 1 %}   end",
    " x  text   end" },
  { "ranges",
    "{{ range(-9223372036854775807, 9223372036854775807, 9223372036854775807) | list }} {"
    "{ range(10)[2:8:3] }} {{ range(10)[::-1] | list }} {{ range(10)[-3:] | list }} {{ ra"
    "nge(9223372036854775804, 9223372036854775807, 2)[0:1] | list }} {{ (range(5) | list)"
    "[::-2] }}",
    "[-9223372036854775807, 0] range(2, 8, 3) [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] [7, 8, 9] [9"
    "223372036854775804] [4, 2, 0]" },
  { "ranges",
    "{{ [none, none] | sort }} {{ 1.5 is odd }} {{ 4.0 is divisibleby(2) }} {{ none | map"
    "('upper') | list }} {{ people | sort(attribute='c.t,name') | map(attribute='name') |"
    " join(' ') }}",
    "[None, None] False True [] al bob Al" },
};
