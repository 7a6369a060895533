using System.Globalization;
using CxOrchestrator.Templating.Conformance;

namespace CxOrchestrator.Templating.Tests.Conformance;

public sealed class ConformanceTests
{
    private static bool HasCultures => CultureInfo.GetCultureInfo("de-DE").NumberFormat.NumberDecimalSeparator == ",";

    [SkippableFact]
    public void Every_case_of_the_language_tests_passes_except_those_that_use_what_is_left_out()
    {
        var run = ConformanceRun.Of(Needs.Shared("scriban-language-tests"), HasCultures);

        var failed = run.Results.Where(result => !result.Passed && !LeftOutCases.ConstructByCase.ContainsKey(result.Id));

        Assert.Empty(failed.Select(result => $"{result.Id}: {result.Kind}\nexpected: {result.Expected}\nactual:   {result.Actual}\n"));
        Assert.True(run.Results.Count >= 400, $"only {run.Results.Count} cases were found");
    }

    [SkippableFact]
    public void A_case_that_uses_what_is_left_out_is_a_parse_error_that_names_it()
    {
        var run = ConformanceRun.Of(Needs.Shared("scriban-language-tests"), HasCultures);

        foreach (var (id, construct) in LeftOutCases.ConstructByCase)
        {
            var result = run.Results.Single(result => result.Id == id);
            Assert.False(result.Passed, $"{id} passes: take it off the list");
            Assert.Equal("parse_error", result.Kind);
            Assert.Contains($"`{construct}` ", result.Actual.Replace(",", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }
}
