namespace BatchRunner.TestKit.Fuzzing;

/// <summary>A good manifest with good sheets, to be spoilt.</summary>
static class ExpansionSeeds
{
    public const string Manifest = """
        version: 1
        name: t
        templates: { calm: "{{ row.scene }}, {{ row.look ?? 'plain' }}, {{ tone[template] }}", bold: { text: "{{ row['scene'] }}!", request: { seed: 7 } } }
        variables:
          row: r.csv
          format: [ { id: wide, ratio: "1280:720" }, { id: tall, ratio: "720:1280" } ]
        constants: { tone: { calm: soft, bold: hard } }
        matrix: { where: "row.seconds != 'x' && format.id != row.id", exclude: [ { template: bold, format: [ tall ] } ] }
        image: "{{ row.img ?? 'hero.png' }}"
        request: { model: gen4_turbo, ratio: "{{ format.ratio }}", duration: "{{ row.seconds ?? 5 }}" }
        takes: "{{ row.look == 'cold' ? 2 : 1 }}"
        output: "{{ template }}/{{ row.id }}-{{ format.id }}"

        """;

    /// <summary>With the columns the manifest reads, in several forms.</summary>
    public static IReadOnlyList<string> Sheets { get; } =
    [
        "id,scene,seconds,look,img\nr1,\"a lamp, lit\",5,warm,hero.png\nr2,a door,6,,hero.png\nr3,\"a \"\"red\"\" chair\",,cold,\n",
        "id;scene;seconds;look;img;\r\n\r\nr1;a lamp;5;warm;;\r\nr2;\"a\r\ndoor\";6;;;\r\n",
        "\uFEFFscene\tid\tseconds\tlook\timg\na lamp\tr1\t5\twarm\thttps://a.example/b.png?sig=1\nGröße\tr2\t7\t\trunway://abcdefghij\n",
        "job,take,status,look,img,seconds,scene,id,key\nj1,1,done,warm,,5,'@person,r1,k1\nj2,1,done,,,5,'=1+1,r2,k2\n",
        "sep=;\nid;scene;seconds;look;img\nr1;a lamp;5;warm;hero.png\n",
    ];

    /// <summary>What spoils a sheet most.</summary>
    public static IReadOnlyList<string> Pieces { get; } =
    [
        ",", ";", "\t", "|", ",,,,", "\"", "\"\"", "\"\"\"", "\r\n", "\r", "\n", "\n\n", "\0", "\uFEFF", "{{", "}}", "{{ row.scene }}", "#N/A", "#REF!",
        "4.01235E+12", "16:09:00", "=1+1", "'@x", "'", "../", "..", "/etc/passwd", "CON", "id", "scene", "é", "e\u0301", "😀", "sep=;", " ", "\u00A0",
        "null", "true", "99999999999999999999", "-1", "1.5", "5", "hero.png", "https://a.b/c?sig=1", "http://", "https://", "runway://x", "data:", "-",
        "\u202E", "\u2028", "wide", "tall", "cold", "r1,a,5,warm,hero.png\n", "id,scene\n", ",\n", "\";\"",
    ];
}
