using CxOrchestrator.TestKit;

namespace CxOrchestrator.Sdk.Tests.Surface;

/// <summary>The contract's surface is a reviewed file: a change of it shows as a difference.</summary>
public sealed class PublicApiTests
{
    private const string Switch = "CXO_WRITE_PUBLIC_API";

    [Fact]
    public void The_public_surface_is_the_one_that_was_reviewed()
    {
        var file = Path.Combine(Repository.Root, "src", "CxOrchestrator.Sdk", "PublicAPI.txt");
        List<string> surface = [.. PublicSurface.Of(typeof(SdkVersion).Assembly)];
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(file, string.Join('\n', surface) + '\n');
        }

        var reviewed = File.ReadAllLines(file);
        var added = surface.Except(reviewed).Select(line => "+ " + line.Trim());
        var removed = reviewed.Except(surface).Select(line => "- " + line.Trim());
        Assert.True(
            surface.SequenceEqual(reviewed),
            $"The SDK's public surface is not what {file} says. If that is meant, raise SdkVersion, run the test with {Switch}=1, and have the "
            + $"difference reviewed:\n{string.Join('\n', added.Concat(removed))}");
    }

    [Fact]
    public void No_capability_has_more_than_three_members() => Assert.All(
        Enum.GetValues<Capability>().Select(Capabilities.InterfaceOf),
        type => Assert.InRange(type.GetMethods().Length, 1, 3));
}
