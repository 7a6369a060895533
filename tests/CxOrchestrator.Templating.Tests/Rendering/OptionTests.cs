using System.Globalization;

namespace CxOrchestrator.Templating.Tests.Rendering;

public sealed class OptionTests
{
    [Fact]
    public void The_defaults_are_those_of_Scriban_with_limits_of_ours()
    {
        var options = new TemplateRenderOptions();

        Assert.Equal(
            (1_000, 100, 1_048_576, 20, 1_000_000, 8_388_608L),
            (options.LoopLimit, options.RecursionLimit, options.OutputLimit, options.ObjectDepthLimit, options.StepLimit, options.MemoryLimit));
        Assert.Equal(33_554_432, options.AllocationLimit);
        Assert.Equal((TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(900)), (options.RegexTimeLimit, options.RenderTimeLimit));
        Assert.Equal((CultureInfo.InvariantCulture, TimeZoneInfo.Utc), (options.Culture, options.TimeZone));
        Assert.Equal((false, false, false, false, true, false), (options.EscapeHtml, options.NullMembersAreNull, options.StrictVariables,
            options.RelaxedTargetAccess, options.RelaxedMemberAccess, options.CutOutputAtLimit));
        Assert.Null(options.Now);
        Assert.Equal(options with { CutOutputAtLimit = true }, TemplateRenderOptions.Scriban);
    }

    [Fact]
    public void The_product_warns_of_other_languages_and_Scriban_does_not() => Assert.Equal(
        (true, false, true), (TemplateParseOptions.Product.WarnOfOtherLanguages, TemplateParseOptions.Scriban.WarnOfOtherLanguages,
            TemplateParseOptions.Scriban.AutoIndent));
}
