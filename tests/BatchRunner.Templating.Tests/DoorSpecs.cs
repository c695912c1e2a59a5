using System.Numerics;

namespace BatchRunner.Templating.Tests;

/// <summary>What the door promises beside the language itself.</summary>
public sealed class DoorSpecs
{
    static readonly CancellationToken never = CancellationToken.None;

    static Template Batch(string text) => Template.Parse(text, TemplateOptions.Batch);

    static Template Expression(string text) => Template.ParseExpression(text, TemplateOptions.Batch);

    [Theory]
    [InlineData("{{ a }}", true)]
    [InlineData("  {{ a | string.upcase }}\n", true)]
    [InlineData("{{ a }}{{ b }}", false)]
    [InlineData("x{{ a }}", false)]
    [InlineData("{{ a = 1 }}", false)]
    [InlineData("{{ if a }}{{ end }}", false)]
    [InlineData("text", false)]
    [InlineData("", false)]
    public void A_text_that_is_one_block_is_an_expression(string text, bool expected) =>
        Assert.Equal(expected, Batch(text).IsExpression);

    [Theory]
    [InlineData("text { } %", true)]
    [InlineData("", true)]
    [InlineData("{{ 1 }}", false)]
    [InlineData("{%{x}%}", false)]
    [InlineData("a {{", false)]
    public void A_text_without_code_is_plain(string text, bool expected) => Assert.Equal(expected, Batch(text).IsPlainText);

    public static TheoryData<string, object?> Values => new()
    {
        { "1 + 1", 2L },
        { "1.5", 1.5 },
        { "0.1f", 0.1 },
        { "1.5m", 1.5m },
        { "18446744073709551616", BigInteger.Parse("18446744073709551616", null) },
        { "'a'", "a" },
        { "true", true },
        { "null", null },
        { "row.id", new Cell("m1") },
        { "row.cta", null },
        { "row.id | string.upcase", "M1" },
        { "[1, 'a', [null]]", new List<object?> { 1L, "a", new List<object?> { null } } },
        { "1..3", new List<object?> { 1L, 2L, 3L } },
        { "'2026-11-20' | date.parse", "20 Nov 2026" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void An_expression_keeps_its_type(string text, object? expected)
    {
        Assert.Equal(expected, Expression(text).Evaluate(Models.Case(), never).Value);
        Assert.Equal(expected, Batch("{{ " + text + " }}").Evaluate(Models.Case(), never).Value);
    }

    [Fact]
    public void Rows_and_maps_come_out_as_they_went_in()
    {
        Assert.Same(Models.Row, Expression("row").Evaluate(Models.Case(), never).Value);
        var map = Assert.IsType<TemplateMap>(Expression("{a: {b: 1}}").Evaluate(Models.Case(), never).Value);
        Assert.Equal(1L, Assert.IsType<TemplateMap>(map["a"])["b"]);
        Assert.Equal("Nord", Assert.IsType<TemplateMap>(Expression("brand").Evaluate(Models.Case(), never).Value)["name"]);
    }

    [Fact]
    public void Conjuncts_stand_alone_and_keep_their_places()
    {
        const string Text = "row.id == 'm1' && (brand.name == 'Nord' && row.nope) && 1 < 2";
        var whole = Expression(Text);

        Assert.Equal(4, whole.Conjuncts.Count);
        Assert.Equal(["row", "brand", "row"], whole.Conjuncts.SelectMany(c => c.Reads).Select(r => r.Name));
        Assert.Equal(true, whole.Conjuncts[1].Evaluate(Models.Case(), never).Value);
        Assert.Equal(Text.IndexOf("nope", StringComparison.Ordinal), whole.Conjuncts[2].Evaluate(Models.Case(), never).Problem?.Offset);
        var single = Expression("row.id == 'm1'");
        Assert.Same(single, Assert.Single(single.Conjuncts));
    }

    [Fact]
    public void An_equality_gives_its_sides()
    {
        var (left, right) = Assert.NotNull(Expression("row.id == (brand.name | string.upcase)").Equality);

        Assert.Equal(new Cell("m1"), left.Evaluate(Models.Case(), never).Value);
        Assert.Equal("row", Assert.Single(left.Reads).Name);
        Assert.Equal("brand", Assert.Single(right.Reads).Name);
        Assert.Null(Expression("row.id != 'm1'").Equality);
        Assert.Null(Expression("row.id == 'm1' && true").Equality);
    }

    [Fact]
    public void Printed_blanks_are_named_once()
    {
        var result = Batch("{{ row.cta }}{{ row.cta }}{{ row.aspect | string.upcase }}{{ $\"{row.cta}\" }}{{ row.id }}{{ row.cta ?? 'x' }}{{ row.cta | object.default 'y' }}")
            .Render(Models.Case(), never);

        Assert.Equal(["row.cta", "row.aspect"], result.PrintedBlanks?.Select(b => $"{b.Name}.{b.Members[0]}"));
        Assert.Null(Batch("{{ row.id }}{{ row.cta ?? 'x' }}").Render(Models.Case(), never).PrintedBlanks);
    }

    [Fact]
    public void A_template_with_problems_gives_the_first_instead_of_a_text()
    {
        var template = Batch("{{ 1 + }} {{ date.now }}");

        Assert.Equal(2, template.Problems.Count);
        Assert.Equal(template.Problems[0], template.Render(Models.Case(), never).Problem);
        Assert.Equal("", template.Render(Models.Case(), never).Text);
    }

    [Fact]
    public void One_template_renders_on_many_threads()
    {
        var template = Batch("{{ x = n * 2; func f(a); ret a + x; end; f 1 }}{{ for i in 1..3 }}{{ i }}{{ row.id }}{{ end }}");
        var texts = new string[2_000];

        Parallel.For(0, texts.Length, i =>
        {
            var model = Models.Case();
            model["n"] = i;
            texts[i] = template.Render(model, never).Text;
        });

        Assert.Equal(Enumerable.Range(0, texts.Length).Select(i => $"{(i * 2) + 1}1m12m13m1"), texts);
    }

    [Fact]
    public void A_render_leaves_nothing_behind_for_the_next()
    {
        var template = Template.Parse("{{ if this.x; 'old'; end; x = 1; readonly x; date.format = '%Y' }}", TemplateOptions.Scriban);

        Assert.Equal("", template.Render(new(), never).Text);
        Assert.Equal("", template.Render(new(), never).Text);
    }

    [Fact]
    public void Cancellation_ends_a_render()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => Batch("{{ for i in 1..9 }}{{ i }}{{ end }}").Render(Models.Case(), source.Token));
        Assert.Equal("1", Batch("{{ 1 }}").Render(Models.Case(), never).Text);
    }

    public static TheoryData<string, TemplateLimits, string> Limits => new()
    {
        { "{{ 1 }}", new() { TextLength = 6 }, "the template has 7 characters; the limit is 6" },
        { "{{ ((1)) }}", new() { Depth = 2 }, "the template nests more than 2 deep" },
        { "{{ for i in 1..9; x = i; end }}", new() { Steps = 20 }, "the template takes more than 20 steps" },
        { "{{ for i in 1..4; end }}", new() { LoopTurns = 3 }, "the loop takes more than 3 turns" },
        { "{{ func f; f; end; f }}", new() { Recursion = 3 }, "calls nest more than 3 deep" },
        { "{{ 'abcd' }}{{ 'efgh' }}", new() { OutputLength = 7 }, "the output is longer than 7 characters" },
        { "{{ x = 'abcd' * 2 }}", new() { OutputLength = 7 }, "the text would have 8 characters; the limit is 7" },
        { "{{ [1,2,3] }}", new() { ListLength = 2 }, "the list would have 3 elements; the limit is 2" },
        { "{{ 18446744073709551616 * 18446744073709551616 }}", new() { IntegerBits = 100 }, "the number has more than 100 bits" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Every_limit_is_a_problem_with_a_place(string text, TemplateLimits limits, string message)
    {
        var result = Template.Parse(text, TemplateOptions.Batch with { Limits = limits }).Render(Models.Case(), never);

        Assert.Equal(message, result.Problem?.Message);
    }

    [Fact]
    public void The_model_is_never_changed()
    {
        var model = Models.Case();

        _ = Template.Parse("{{ name = 1; items = []; brand = 2; n++ }}", TemplateOptions.Scriban).Render(model, never);

        Assert.Equal("Nord", model["name"]);
        Assert.Equal(3, model["n"]);
        Assert.IsType<TemplateMap>(model["brand"]);
    }

    [Fact]
    public void Host_values_of_every_promised_kind_are_read()
    {
        var model = new TemplateModel
        {
            ["a"] = 1, ["b"] = 2L, ["c"] = 1.5, ["d"] = 2.5m, ["e"] = true, ["f"] = "t", ["g"] = new Cell("cell"), ["h"] = null,
            ["i"] = new[] { "x", "y" }, ["j"] = new List<object?> { 1, null },
        };

        Assert.Equal("1 2 1.5 2.5 true t cell  [\"x\", \"y\"] [1, null]",
            Template.Parse("{{a}} {{b}} {{c}} {{d}} {{e}} {{f}} {{g}} {{h}} {{i}} {{j}}", TemplateOptions.Scriban).Render(model, never).Text);
    }
}
