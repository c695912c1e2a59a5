namespace BatchRunner.TestKit.Fuzzing;

/// <summary>Good manifests and the files they name, to be spoilt.</summary>
static class ManifestSeeds
{
    public static IReadOnlyList<string> All { get; } =
    [
        """
        version: 1
        name: nord-ab
        templates:
          calm: "{{ message.scene }}, {{ message.move }}, on linen, {{ brand.tone }}"
          bold: 'it''s {{ message.scene }}'
        variables:
          message: rows.csv
          format: [ { id: wide, ratio: "1280:720" }, { id: tall, ratio: "720:1280" } ]
        constants:
          brand: { name: Nord, tone: calm and premium, years: [ 1930, 1.5, true, ~ ] }
        image: hero.png
        request:
          model: gen4_turbo
          ratio: "{{ format.ratio }}"
          duration: 5
        id: "{{ template }}-{{ message.id }}-{{ format.id }}"
        limits:
          max_credits: 1200

        """,
        """
        version: 1
        name: markets
        description: One line per market
        templates:
          calm: >-
            {{ market.setting }}{{ if market.people }}, {{ market.people }}{{ end }}, the headphones
            on the table, "{{ copy[market.lang] }}"

              indented
            end
          loud: |2+
              two {{ x }}
            one

        variables:
          market: { file: rows.csv, delimiter: ";", encoding: windows-1252, skip_rows: 1, id: "{{ market.a }}" }
          copy: { files: "prompts/*.txt", id: "{{ copy.name }}" }
        matrix:
          where: copy[market.lang] != null            # a blank cell is null
          exclude: [ { template: calm, market: [ a, b ] }, { copy: x } ]
          zip: [ [ market, copy ] ]
        image: [ { uri: "{{ market.image ?? 'a.png' }}", position: first } ]
        takes: "{{ 1 + 2 }}"
        dedupe: share
        screening: { deny: [ a, "b c" ], warn: [] }

        """,
        """
        version: 1
        extends: [ base.yaml, other.yaml ]
        name: spring
        templates: { bold: ~, wide: { file: prompts/a.txt, request: { duration: 8, seed: ~ } } }
        constants: { brand: { tone: light } }
        limits: { concurrency: auto, ahead: 2, queue_timeout: off, poll_interval: 500ms, max_duration: 2h, attempts: 1 }

        """,
        """
        {"version": 1, "name": "json", "templates": {"a": "line\nbreak \u00e9 \ud83d\ude00 \"quoted\" {{ x }}"},
         "variables": {"a": ["x", 1, true]}, "request": {"model": "gen4.5", "endpoint": "text_to_video"}, "output": "{{ a }}"}

        """,
        "version: 1\r\ntemplates: prompts/*.txt\r\nvariables:\r\n  clip: footage/*.mp4\r\nrequest:\r\n  model: aleph2\r\n  videoUri: \"{{ clip.path }}\"\r\n",
    ];

    /// <summary>The files beside them.</summary>
    public static IReadOnlyList<(string Path, string Text)> Beside { get; } =
    [
        ("base.yaml", "version: 1\ntemplates: { bold: loud, calm: soft }\nconstants: { brand: { name: N, tone: t } }\nrequest: { model: gen4.5 }\n"),
        ("other.yaml", "version: 1\nextends: base.yaml\nvariables: { f: [ { id: a }, { id: b } ] }\n"),
        ("rows.csv", "id,scene\na,b\n"),
        ("prompts/a.txt", "a {{ x }}\r\nb\n"),
        ("prompts/b.txt", "b\n"),
    ];

    /// <summary>What spoils a manifest most.</summary>
    public static IReadOnlyList<string> Pieces { get; } =
    [
        "[", "]", "{", "}", "{{", "}}", "{{ x }}", "\"", "'", "''", "\\", "\\x", "\\u12", "\\ud83d", "&a ", "*a", "<<: *a", "!!str ", "!x ",
        "? ", ": ", ":", "- ", "-", ", ", "#", " # ", "|", ">", "|2-\n", ">9\n", "|\n   \n", "---\n", "...\n", "%YAML 1.1\n", "~", "null",
        "\t", "\n\t", "\n", "\r", "\r\n", " ", "        ", "\0", "\u0085", "\u2028", "\uFEFF", "é", "😀", "e\u0301", "@", "`", "007",
        "1e999", "99999999999999999999", "-0", "0.1000", "true", "No", "extends: batch.yaml\n", "extends: [base.yaml, base.yaml]\n",
        "steps: {}\n", "version: 2\n", "version: 1\n", "templates: **/*\n", "variables: { x: ../../* }\n", "variables: { date: [1] }\n", "/dev/zero",
        "/dev/stdin", "../", "prompts", "nope.csv", "constants: {a: {a: {a: {a: 1}}}}\n", "\n  ", "\n    ", "limits: { max_jobs: 0 }\n", "~: 1\n",
    ];
}
