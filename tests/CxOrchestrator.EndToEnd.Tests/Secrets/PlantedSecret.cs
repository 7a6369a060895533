using System.Globalization;
using System.Security.Cryptography;

namespace CxOrchestrator.EndToEnd.Tests.Secrets;

/// <summary>A secret of one connection: a value that occurs nowhere else, and the reference that stands in the settings for it.</summary>
internal sealed record PlantedSecret(string Name, string Value, string Reference);

/// <summary>Makes secrets, every second one in a file and the others in the environment, and remembers them.</summary>
internal sealed class Vault(string folder)
{
    private readonly List<PlantedSecret> _all = [];

    /// <summary>Those of all connections.</summary>
    public IReadOnlyList<PlantedSecret> All => _all;

    /// <summary>A new secret. Characters that are escaped in URLs, JSON and HTML are among its characters, none that a header may not hold.</summary>
    public PlantedSecret New(string name)
    {
        var value = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789", 33) + "&+/<%'=" + RandomNumberGenerator.GetHexString(6);
        var number = _all.Count;
        string reference;
        if (number % 2 == 0)
        {
            var variable = string.Create(CultureInfo.InvariantCulture, $"CXO_PLANTED_{number}_{RandomNumberGenerator.GetHexString(8)}");
            Environment.SetEnvironmentVariable(variable, value);
            reference = $"env:{variable}";
        }
        else
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, $"{number}.txt");
            File.WriteAllText(file, value + "\n");
            reference = $"file:{file}";
        }

        var secret = new PlantedSecret(name, value, reference);
        _all.Add(secret);
        return secret;
    }
}
