using System.Reflection;
using CxOrchestrator.Plugins.Secrets;
using CxOrchestrator.Plugins.Spelling;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Plugins.Settings;

/// <summary>
/// Fills an options object from the configuration, strictly: unknown keys, values of the wrong type and violated validation
/// attributes are all told at once.
/// </summary>
internal sealed class SettingsBinder(ISecretReferences references)
{
    /// <summary>Fills and validates an options object that already has its defaults.</summary>
    /// <param name="section">Where the settings stand.</param>
    /// <param name="target">The options object.</param>
    /// <param name="prefix">What stands before each key in a fault, such as <c>Guard:</c>.</param>
    public BoundSettings Bind(IConfiguration section, object target, string prefix)
    {
        var reading = new Reading(references);
        reading.Fill(section, target, prefix);

        // A value that could not be read has left the default in its place, and judging that would only confuse.
        var faults = reading.Faults.Concat(SettingsRules.Check(target, prefix, reading.Unread)).ToList();
        return new BoundSettings(target, reading.Secrets, faults);
    }

    private sealed class Reading(ISecretReferences references)
    {
        public List<string> Faults { get; } = [];

        public List<Secret> Secrets { get; } = [];

        public HashSet<string> Unread { get; } = [];

        public void Fill(IConfiguration section, object target, string prefix)
        {
            var properties = SettingProperties.Of(target.GetType());
            foreach (var child in section.GetChildren())
            {
                var property = properties.FirstOrDefault(one => string.Equals(one.Name, child.Key, StringComparison.OrdinalIgnoreCase));
                if (property is null)
                    Faults.Add($"unknown setting {prefix}{child.Key}; {NearestName.Hint(child.Key, [.. properties.Select(one => one.Name)])}");
                else
                    Set(child, target, property, prefix + property.Name);
            }
        }

        private void Set(IConfigurationSection child, object target, PropertyInfo property, string name)
        {
            var kind = SettingProperties.KindOf(property.PropertyType);
            switch (kind)
            {
                case null:
                    Fault(name, $"the plugin declares it as {property.PropertyType.Name}, which settings can't have");
                    break;
                case SettingKind.Group or SettingKind.Texts or SettingKind.TextsByName when !string.IsNullOrEmpty(child.Value):
                    Fault(name, kind == SettingKind.Texts ? "must be a list" : "must be an object of its own");
                    break;
                case SettingKind.Group:
                    var group = property.GetValue(target) ?? Activator.CreateInstance(property.PropertyType)!;
                    property.SetValue(target, group);
                    Fill(child, group, name + ":");
                    break;
                case SettingKind.Texts:
                    var texts = child.GetChildren().Select(item => item.Value ?? "").ToList();
                    property.SetValue(target, property.PropertyType == typeof(string[]) ? texts.ToArray() : texts);
                    break;
                case SettingKind.TextsByName:
                    property.SetValue(target, child.GetChildren().ToDictionary(item => item.Key, item => item.Value ?? ""));
                    break;
                default:
                    SetValue(child, target, property, kind.Value, name);
                    break;
            }
        }

        private void SetValue(IConfigurationSection child, object target, PropertyInfo property, SettingKind kind, string name)
        {
            if (child.Value is not { } text)
            {
                // null in the file keeps the default; an object or a list where one value belongs doesn't.
                if (child.GetChildren().Any())
                    Fault(name, "must be one value");
            }
            else if (kind == SettingKind.Secret)
            {
                SetSecret(text, target, property, name);
            }
            else if (text.Length == 0 && (kind != SettingKind.Text))
            {
                // Empty means "as if it weren't there" in the one settings file.
                return;
            }
            else if (SettingText.Parse(text, property.PropertyType, kind) is ({ } value, _))
            {
                property.SetValue(target, value);
            }
            else
            {
                Fault(name, $"is \"{text}\", and must be {SettingText.Parse(text, property.PropertyType, kind).Expected}");
            }
        }

        private void SetSecret(string reference, object target, PropertyInfo property, string name)
        {
            if (reference.Length == 0)
                return;
            var (secret, fault) = references.Resolve(reference);
            if (secret is null)
            {
                Fault(name, fault!);
                return;
            }

            Secrets.Add(secret);
            property.SetValue(target, secret);
        }

        private void Fault(string name, string what)
        {
            Unread.Add(name);
            Faults.Add($"{name}: {what}");
        }
    }
}
