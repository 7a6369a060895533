using CxOrchestrator.Sdk;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>
/// .NET's user secrets of the user that this service runs as, under the id <c>cxorchestrator</c>, as
/// <c>dotnet user-secrets set KEY --id cxorchestrator</c> writes them. For a developer's machine: they lie there unencrypted.
/// </summary>
internal sealed class UserSecrets(Func<string, string?> environment)
{
    private const string Id = "cxorchestrator";

    /// <summary>The secret of a key such as <c>Mail:Password</c>, or the fault.</summary>
    public (Secret? Secret, string? Fault) Find(string key)
    {
        if (PathOf() is not { } path)
            return (null, "this user has no home folder, and so no user secrets: set HOME, or use env:NAME or file:PATH");
        try
        {
            using var stream = File.OpenRead(path);
            return new ConfigurationBuilder().AddJsonStream(stream).Build()[key] is { Length: > 0 } value
                ? (new Secret(value), null)
                : (null, $"the user secrets have no {key}: dotnet user-secrets set \"{key}\" VALUE --id {Id}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (null, $"the user secrets {path} can't be read ({unreadable.GetType().Name}): dotnet user-secrets set \"{key}\" VALUE --id {Id}");
        }
        catch (Exception malformed) when (malformed is FormatException or InvalidDataException or System.Text.Json.JsonException)
        {
            // What the parser says may hold a piece of the file.
            return (null, $"the user secrets {path} are not valid JSON: put the file right");
        }
    }

    // The rules of Microsoft.Extensions.Configuration.UserSecrets.PathHelper.
    private string? PathOf()
    {
        var appData = environment("APPDATA");
        string?[] roots =
        [
            appData,
            environment("HOME"),
            Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData),
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            environment("DOTNET_USER_SECRETS_FALLBACK_DIR"),
        ];
        var root = Array.Find(roots, root => !string.IsNullOrEmpty(root));
        if (root is null)
            return null;
        return string.IsNullOrEmpty(appData)
            ? Path.Combine(root, ".microsoft", "usersecrets", Id, "secrets.json")
            : Path.Combine(root, "Microsoft", "UserSecrets", Id, "secrets.json");
    }
}
