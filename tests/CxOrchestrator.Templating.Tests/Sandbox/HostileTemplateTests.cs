namespace CxOrchestrator.Templating.Tests.Sandbox;

public sealed class HostileTemplateTests
{
    private const long Megabyte = 1024 * 1024;

    private static readonly TemplateRenderOptions Options = new()
    {
        Loader = Mail.Templates(("self", "x{{ include 'self' }}"), ("twice", "{{ include 'twice' }}{{ include 'twice' }}")),
    };

    [Theory]
    [InlineData("{{ for a in 1..1000; for b in 1..1000; for c in 1..1000; end; end; end }}")]
    [InlineData("{{ while true; end }}")]
    [InlineData("{{ s = 'aaaaaaaaaa'; while true; s = s + s; end }}")]
    [InlineData("{{ s = 'a' * 1000000; for i in 1..1000; x = s | string.upcase; end }}")]
    [InlineData("{{ for i in 1..1000; for j in 1..1000; 'abcdefghijklmnopqrstuvwxyz'; end; end }}")]
    [InlineData("{{ ('a' * 40 + 'b') | regex.match `^(a+)+$` }}")]
    [InlineData("{{ ('a' * 1000000) | regex.matches `.` | array.size }}")]
    [InlineData("{{ ('a' * 1000000) | regex.replace `a` ('b' * 1000) }}")]
    [InlineData("{{ ('a' * 1000000) | string.replace 'a' ('b' * 1000) }}")]
    [InlineData("{{ s = 'a' * 500000; for i in 1..1000; x = s | string.contains ('a' * 250000 + 'b' + 'a' * 1000); end }}")]
    [InlineData("{{ func f; f; end; f }}")]
    [InlineData("{{ f(x) = f(x + 1) + 1; f 1 }}")]
    [InlineData("{{ func f; [1] | array.each @f; end; f }}")]
    [InlineData("{{ include 'self' }}")]
    [InlineData("{{ include 'twice' }}")]
    [InlineData("{{ 1..1000000000 }}")]
    [InlineData("{{ for i in (-9223372036854775807)..9223372036854775807; end }}")]
    [InlineData("{{ x = []; x[2000000000] = 1 }}")]
    [InlineData("{{ [] | array.insert_at 2000000000 1 }}")]
    [InlineData("{{ 'x' | string.pad_left 2000000000 }}")]
    [InlineData("{{ 'x' * 2000000000 }}")]
    [InlineData("{{ [1, 2, 3] * 2000000000 }}")]
    [InlineData("{{ x = [1]; for i in 1..1000; x = x + x; end }}")]
    [InlineData("{{ 1 | math.format 'D999999999' }}")]
    [InlineData("{{ 1.5 | object.format 'F999999999' }}")]
    [InlineData("{{ 1.5 | object.format \"F99999999\\0\\0.\" }}")]
    [InlineData("{{ x = 3; for i in 1..1000; x = x * x; end }}")]
    [InlineData("{{ 1 << 1000000000 }}")]
    [InlineData("{{ x = []; x[0] = x; x }}")]
    [InlineData("{{ x = {}; x.a = x; x | object.to_json }}")]
    [InlineData("{{ x = [1, 1]; for i in 1..15; x = [x, x, x, x, x, x, x, x]; end; x | object.to_json }}")]
    [InlineData("{{ x = [1, 1]; for i in 1..15; x = [x, x, x, x, x, x, x, x]; end; x }}")]
    [InlineData("{{ ('[' * 100000) | object.from_json }}")]
    [InlineData("{{ y = 'b,a,' * 200000 | string.split ','; for i in 1..1000; z = y | array.sort; end }}")]
    [InlineData("{{ (date.parse '2020-01-01') | date.to_string ('%c' * 500000) }}")]
    [InlineData("{{ s = 'a' * 1000000; for i in 1..1000; x = s | string.sha512; end }}")]
    [InlineData("{{ s = 'a' * 1000000; t = 'a' * 1000000; for i in 1..1000; x = s < t; end }}")]
    [InlineData("{{ x = ['a' * 1000000] * 1000; array.cycle x }}")]
    [InlineData("{{ '<' * 1000000 | html.url_escape }}")]
    [InlineData("{{ '\"' * 1000000 | html.escape }}")]
    [InlineData("{{ '\\n' * 1000000 | html.newline_to_br }}")]
    [InlineData("{{ 'é' * 1000000 | object.to_json | string.size }}")]
    [InlineData("{{ m = {}; m['é' * 1000000] = 1; m | object.to_json | string.size }}")]
    [InlineData("{{ x = (1..1000); while true; y = x | regex.split 'a'; end }}")]
    [InlineData("{{ x = [[1, 2], [3]] * 500; while true; y = customer | object.has_key x; end }}")]
    [InlineData("{{ x = 'a' * 1000; while true; y = x | array.map customer.tags; end }}")]
    [InlineData("{{ while true; x = 'a' | regex.match ('abc' * 500); end }}")]
    [InlineData("{{ m = customer.tags; m[900] = 1; for i in 1..1000; x = m * 400; end }}")]
    [InlineData("{{ m = customer.tags; m[900] = 1; for i in 1..1000; x = m * 1; end; for i in 1..1000; x = m + m; end; for i in 1..1000; x = m << 1; end }}")]
    public void It_ends_in_an_error_with_a_place_and_makes_under_50_megabytes(string template)
    {
        var parsed = Mail.Parsed(template);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var render = parsed.Render(Mail.Model(), Options);

        Assert.False(render.Ok);
        Assert.True(render.Error.Line >= 1 && render.Error.Column >= 1);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50 * Megabyte);
    }

    [Theory]
    [InlineData("{{ ", "(", "1 }}")]
    [InlineData("{{ ", "[", "")]
    [InlineData("{{ ", "- ", "1 }}")]
    [InlineData("{{ ", "!", "1 }}")]
    [InlineData("{{ 1", "+1", " }}")]
    [InlineData("{{ 1", " ?? 1", " }}")]
    [InlineData("{{ a", ".b", " }}")]
    [InlineData("{{ a", "[0]", " }}")]
    [InlineData("{{ 1", "|a", " }}")]
    [InlineData("{{ ", "1?1:", "1 }}")]
    [InlineData("{{ ", "f do; ", "")]
    [InlineData("{{ ", "$'{", "")]
    [InlineData("{{ ", "f(", "")]
    [InlineData("{{ ", "f (", "")]
    [InlineData("{{ ", "{a:", "")]
    [InlineData("", "{{ if 1 }}", "")]
    [InlineData("", "{{ func f }}", "")]
    [InlineData("", "{{", "")]
    [InlineData("", "{%", "{")]
    public void Whatever_is_nested_a_hundred_thousand_deep_is_refused(string start, string repeated, string end)
    {
        var parse = CompiledTemplate.Parse(start + string.Concat(Enumerable.Repeat(repeated, 100_000)) + end, "text");

        Assert.False(parse.Ok);
        Assert.InRange(parse.Messages.Count, 1, 25);
    }

    [Theory]
    [InlineData("{{ if 1 }}", "{{ else if 1 }}", "{{ end }}")]
    [InlineData("{{ case 1 }}", "{{ when 1 }}", "{{ end }}")]
    [InlineData("{{ x = [", "1,", "] }}")]
    [InlineData("", "{{ n }} and ", "")]
    public void Whatever_only_follows_each_other_may_be_long(string start, string repeated, string end) =>
        Assert.True(CompiledTemplate.Parse(start + string.Concat(Enumerable.Repeat(repeated, 20_000)) + end, "text").Ok);

    [Fact]
    public void The_deepest_that_parses_renders_within_the_deepest_call_on_a_small_stack()
    {
        var deep = string.Concat(Enumerable.Repeat("(", 90)) + "f" + string.Concat(Enumerable.Repeat(")", 90)) + string.Concat(Enumerable.Repeat("+1", 350));
        var template = Mail.Parsed($"{{{{ func f; x = {deep}; end; f }}}}");
        TemplateRender? render = null;

        var thread = new Thread(() => render = template.Render(Mail.Model(), new TemplateRenderOptions { RecursionLimit = 0 }), 512 * 1024);
        thread.Start();
        thread.Join();

        Assert.False(render!.Ok);
        Assert.Contains("nested too deeply", render.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rendering_may_not_take_longer_than_its_time()
    {
        var clock = new SteppingClock();

        var render = Mail.Parsed("{{ for i in 1..1000; for j in 1..100; end; end }}").Render(Mail.Model(), new TemplateRenderOptions { Clock = clock, LoopLimit = 0 });

        Assert.Contains("900 ms", render.Error!.Text, StringComparison.Ordinal);
        Assert.InRange(clock.Asked, 2, 40);
    }

    [Fact]
    public void A_rendering_may_not_allocate_more_than_its_limit()
    {
        var template = Mail.Parsed("{{ for i in 1..1000; x = 1..1000 | array.join ','; end }}");

        var render = template.Render(Mail.Model(), new TemplateRenderOptions { AllocationLimit = 1_000_000 });

        Assert.Contains("1000000 bytes", render.Error!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x == y", "{{ x = [1]; y = [1]; for i in 1..7; x = [x, x, x, x, x, x, x, x]; y = [y, y, y, y, y, y, y, y]; end; x == y }}")]
    [InlineData("uniq", "{{ x = ['a' * 1000000] * 1000; x | array.uniq | array.size }}")]
    [InlineData("contains", "{{ x = ['a' * 1000000] * 1000; x | array.contains ('a' * 999999 + 'b') }}")]
    [InlineData("filter", "{{ x = [' ' * 1000000] * 1000; x | array.filter @string.whitespace | array.size }}")]
    public void The_clock_is_looked_at_within_one_long_step_too(string step, string template)
    {
        var clock = new SteppingClock();

        var render = Mail.Parsed(template).Render(Mail.Model(), new TemplateRenderOptions { Clock = clock });

        Assert.True(render.Error?.Text.Contains("900 ms", StringComparison.Ordinal), $"{step}: {render.Text ?? render.Error!.Text}");
    }

    [Theory]
    [InlineData("{{ [] * 9223372036854775807 | array.size }}")]
    [InlineData("{{ 2147483647 * [] | array.size }}")]
    [InlineData("{{ 2147483647 | math.times [] | array.size }}")]
    public async Task No_list_is_made_of_nothing_however_often(string template) =>
        Assert.Equal("0", await Task.Run(() => Mail.Rendered(template)).WaitAsync(TimeSpan.FromSeconds(5)));

    [Fact]
    public void The_output_is_cut_instead_where_the_host_says_so() => Assert.Equal("abcabcab...", Mail.Rendered(
        "{{ for i in 1..9; 'abc'; end }}", new TemplateRenderOptions { OutputLimit = 8, CutOutputAtLimit = true }));

    /// <summary>Each look at the clock takes 50 ms.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        public int Asked { get; private set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => 1 + (Asked++ * 50L);
    }
}
