using System.Diagnostics;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Kit;

/// <summary>The template <c>cxo-connector</c>, used as an author would, away from the repository.</summary>
internal static class Template
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(6);

    // .../bin/<configuration>/net10.0/ of the tests tells which configuration was built.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Installs the template for this once and makes a connector of it.</summary>
    public static async Task MakeAsync(string name, TemporaryFolder folder)
    {
        var hive = folder.PathOf("hive");
        await DotnetAsync(folder, "new", "install", Repository.PathOf("plugins", "template"), "--debug:custom-hive", hive);
        await DotnetAsync(folder, "new", "cxo-connector", "-n", name, "--debug:custom-hive", hive);
    }

    /// <summary>Builds what was made, and runs its tests; gives their output.</summary>
    public static async Task<string> TestAsync(string name, TemporaryFolder folder)
    {
        // What a clone has of itself: versions, and what all projects share.
        await ImportAsync(folder.PathOf("Directory.Packages.props"), "Directory.Packages.props");
        await ImportAsync(folder.PathOf("plugins", "Directory.Build.props"), "plugins/Directory.Build.props");
        await ImportAsync(folder.PathOf("tests", "Directory.Build.props"), "tests/Directory.Build.props");
        await ImportAsync(folder.PathOf("tests", "Directory.Build.targets"), "tests/Directory.Build.targets");
        await File.WriteAllTextAsync(folder.PathOf("CxOrchestrator.sln"), "");
        var tests = folder.PathOf("tests", "CxOrchestrator.Connectors.Tests", "CxOrchestrator.Connectors.Tests.csproj");
        await File.WriteAllTextAsync(tests, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <ProjectReference Include="../../plugins/{name}/{name}.csproj" />
                <ProjectReference Include="$(CxoRoot)src/CxOrchestrator.Sdk.Testing/CxOrchestrator.Sdk.Testing.csproj" />
                <ProjectReference Include="$(CxoRoot)tests/CxOrchestrator.TestKit/CxOrchestrator.TestKit.csproj" />
                <Compile Include="$(CxoRoot)tests/CxOrchestrator.Connectors.Tests/Nowhere.cs" />
                <Compile Include="$(CxoRoot)tests/CxOrchestrator.Connectors.Tests/Email.Smtp/ClosedPort.cs" />
              </ItemGroup>
            </Project>
            """);

        // What the repository has built is taken as it is: nothing is written there while its own tests run.
        string[] quietly = ["-c", Configuration, "-p:BuildProjectReferences=false", "-p:UseSharedCompilation=false", "-p:NuGetAudit=false", "-nodeReuse:false", "-m:1"];
        await DotnetAsync(folder, ["build", folder.PathOf("plugins", name), .. quietly]);
        return await DotnetAsync(folder, ["test", tests, .. quietly]);
    }

    private static Task ImportAsync(string file, string from) =>
        File.WriteAllTextAsync(file, $"""<Project><Import Project="$(CxoRoot){from}" /></Project>""");

    private static async Task<string> DotnetAsync(TemporaryFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CxoRoot"] = Repository.Root + "/";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // Set by the process that runs these tests, and meant for it alone.
        foreach (var inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || key.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(inherited);
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(EndsWithin);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            var text = await output + await errors;
            Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{text}");
            return text;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
