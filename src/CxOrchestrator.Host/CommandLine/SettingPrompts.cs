using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.Settings;
using Spectre.Console;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>Asks a person for settings, by the form that the plugin's options class gives.</summary>
internal static class SettingPrompts
{
    /// <summary>What was given, and the answers for the rest; what stays at its default isn't written down.</summary>
    public static Dictionary<string, string?> Ask(IAnsiConsole console, IReadOnlyList<SettingDescription> form, Dictionary<string, string?> given)
    {
        var settings = new Dictionary<string, string?>(given, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in form.Where(setting => !IsGiven(setting, given)))
        {
            var answer = setting.Kind switch
            {
                SettingKind.Choice => Choose(console, setting),
                SettingKind.Secret => AskReference(console, setting),
                _ => AskText(console, setting),
            };
            if (answer.Length > 0 && answer != setting.Default)
                SettingArguments.Add(settings, form, setting.Name, answer);
        }

        return settings;
    }

    private static bool IsGiven(SettingDescription setting, Dictionary<string, string?> given) =>
        given.Keys.Any(key => string.Equals(key, setting.Name, StringComparison.OrdinalIgnoreCase)
            || key.StartsWith($"{setting.Name}:", StringComparison.OrdinalIgnoreCase));

    private static string AskText(IAnsiConsole console, SettingDescription setting)
    {
        var prompt = new TextPrompt<string>(Question(setting, Hint(setting.Kind)));
        // A required setting without a default has to be answered; an empty answer to any other keeps the default.
        if (setting.Default.Length > 0)
            prompt.DefaultValue(setting.Default);
        else if (!setting.Required)
            prompt.AllowEmpty();
        return console.Prompt(prompt);
    }

    // Not echoed: what is pasted here by mistake may be the secret itself.
    private static string AskReference(IAnsiConsole console, SettingDescription setting)
    {
        var prompt = new TextPrompt<string>(Question(setting, $"where the secret is: {ReferenceForm.Forms}; it is not shown"))
            .Secret()
            .Validate(text => (text.Length == 0 && !setting.Required) || ReferenceForm.FaultOf(text) is null
                ? ValidationResult.Success()
                : ValidationResult.Error(Markup.Escape(ReferenceForm.FaultOf(text) ?? "")));
        if (!setting.Required)
            prompt.AllowEmpty();
        return console.Prompt(prompt);
    }

    private static string Choose(IAnsiConsole console, SettingDescription setting)
    {
        var prompt = new TextPrompt<string>(Question(setting, "")).AddChoices(setting.Choices);
        if (setting.Default.Length > 0)
            prompt.DefaultValue(setting.Default);
        return console.Prompt(prompt);
    }

    private static string Question(SettingDescription setting, string hint)
    {
        var about = string.Join("; ", new[] { setting.Description.TrimEnd('.'), hint, setting.Required ? "" : "may stay empty" }.Where(part => part.Length > 0));
        return Markup.Escape(about.Length > 0 ? $"{setting.Name} ({about})" : setting.Name);
    }

    private static string Hint(SettingKind kind) => kind switch
    {
        SettingKind.Integer => "a whole number",
        SettingKind.Number => "a number",
        SettingKind.Flag => "true or false",
        SettingKind.Duration => "hours:minutes:seconds",
        SettingKind.Moment => "such as 2026-03-01T09:00:00+07:00",
        SettingKind.Url => "a URL",
        SettingKind.Texts => "parted by commas",
        SettingKind.TextsByName => "name=value, parted by commas",
        _ => "",
    };
}
