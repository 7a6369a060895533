using System.Reflection;

namespace CxOrchestrator.Connectors.Tests.Kit.Suites;

/// <summary>Runs the facts of a suite as a test runner would, each on a suite of its own.</summary>
internal static class SuiteRun
{
    /// <summary>The facts that fail, as <c>Name</c> or <c>Name(argument)</c>, with their reasons; and how many there are.</summary>
    /// <param name="suite">Makes the suite.</param>
    /// <param name="only">Runs this fact alone; null runs all.</param>
    public static async Task<(int Facts, IReadOnlyList<(string Fact, string Reason)> Failed)> OfAsync(Func<IAsyncLifetime> suite, string? only = null)
    {
        var failed = new List<(string, string)>();
        var facts = 0;
        foreach (var (method, arguments) in FactsOf(suite().GetType()))
        {
            var name = $"{method.Name}{(arguments.Length == 0 ? "" : $"({string.Join(", ", arguments)})")}";
            if (only is not null && only != name)
                continue;
            facts++;
            if (await Record.ExceptionAsync(() => RunAsync(suite(), method, arguments)) is { } failure)
                failed.Add((name, failure.ToString()));
        }

        return (facts, failed);
    }

    /// <summary>The facts of a suite, a theory's once for each of its data.</summary>
    public static IEnumerable<(MethodInfo Method, object[] Arguments)> FactsOf(Type suite)
    {
        foreach (var method in suite.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
        {
            if (method.GetCustomAttribute<TheoryAttribute>() is null)
                yield return (method, []);
            foreach (var data in method.GetCustomAttributes().OfType<Xunit.Sdk.DataAttribute>().SelectMany(attribute => attribute.GetData(method)))
                yield return (method, data);
        }
    }

    private static async Task RunAsync(IAsyncLifetime suite, MethodInfo fact, object[] arguments)
    {
        await suite.InitializeAsync();
        try
        {
            if (fact.Invoke(suite, BindingFlags.DoNotWrapExceptions, null, arguments, null) is Task running)
                await running;
        }
        finally
        {
            await suite.DisposeAsync();
        }
    }
}
