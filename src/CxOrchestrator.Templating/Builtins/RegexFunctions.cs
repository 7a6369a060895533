using System.Text;
using System.Text.RegularExpressions;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>The functions <c>regex.…</c>, each within the time that the rendering allows.</summary>
internal static class RegexFunctions
{
    private const int LongestPattern = 2000;

    /// <summary>Room that the program of a pattern takes for each of its characters, in characters, as was measured.</summary>
    private const int RoomOfPattern = 64;

    /// <summary>The group.</summary>
    public static BuiltinGroup Create() => new BuiltinGroup("regex")
        .Add("escape", "pattern", (c, a) => a.Text(c, 0) is { } text ? Regex.Escape(text) : null)
        .Add("match", "text pattern options?", (c, a) => Run(c, a, 2, (regex, text) => regex.Match(text) is { Success: true } match
            ? Groups(c, match)
            : new ScriptList()))
        .Add("matches", "text pattern options?", (c, a) => Run(c, a, 2, (regex, text) => Matches(c, regex, text)))
        .Add("replace", "text pattern replace options?", (c, a) => Run(c, a, 3, (regex, text) =>
            Replace(c, regex, text, a.TextOrEmpty(c, 2))))
        .Add("split", "text pattern options?", (c, a) => Run(c, a, 2, (regex, text) => Split(c, regex, text)))
        .Add("unescape", "pattern", Unescape);

    private static object? Run(RenderContext context, CallArguments arguments, int options, Func<Regex, string, object?> use)
    {
        var text = arguments.TextOrEmpty(context, 0);
        var pattern = arguments.TextOrEmpty(context, 1);
        if (pattern.Length > LongestPattern) throw new ArgumentFault(1, $"The pattern is longer than {LongestPattern} characters.");
        context.Charge(RoomOfPattern * (4 + (long)pattern.Length));
        try
        {
            return use(new Regex(pattern, Options(context, arguments, options), Limit(context)), text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new ArgumentFault(1, $"The pattern takes longer than the limit of {Limit(context).TotalMilliseconds:0} ms.");
        }
        catch (RegexParseException e)
        {
            throw new ArgumentFault(1, $"The pattern is wrong at its character {e.Offset + 1}: {e.Error}.");
        }
    }

    private static TimeSpan Limit(RenderContext context)
    {
        var left = context.TimeLeft();
        var limit = context.Options.RegexTimeLimit < left ? context.Options.RegexTimeLimit : left;
        return limit > TimeSpan.FromMilliseconds(1) ? limit : TimeSpan.FromMilliseconds(1);
    }

    private static RegexOptions Options(RenderContext context, CallArguments arguments, int index)
    {
        var options = RegexOptions.None;
        foreach (var c in arguments.TextOrEmpty(context, index))
        {
            options |= c switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => throw new ArgumentFault(index, $"`{c}` is no option of a regular expression. Known: i, m, s, x."),
            };
        }

        return options;
    }

    private static ScriptList Groups(RenderContext context, Match match)
    {
        var groups = new ScriptList(match.Groups.Count);
        context.Charge(32 + (8L * match.Groups.Count));
        foreach (Group group in match.Groups)
        {
            context.Charge(group.Length);
            groups.Add(group.Value);
        }

        return groups;
    }

    private static ScriptList Matches(RenderContext context, Regex regex, string text)
    {
        var matches = new ScriptList();
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            context.Charge(64);
            matches.Add(Groups(context, match));
        }

        return matches;
    }

    private static ScriptList Split(RenderContext context, Regex regex, string text)
    {
        var parts = new ScriptList();
        var at = 0;
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            context.Charge(64 + match.Index - at);
            parts.Add(text[at..match.Index]);
            for (var i = 1; i < match.Groups.Count; i++)
            {
                if (match.Groups[i].Success) parts.Add(match.Groups[i].Value);
            }

            at = match.Index + match.Length;
        }

        parts.Add(text[at..]);
        return parts;
    }

    private static string Replace(RenderContext context, Regex regex, string text, string replacement)
    {
        var made = new StringBuilder();
        var at = 0;
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            context.Charge(32);
            made.Append(text, at, match.Index - at);
            // What a replacement such as $1$1$1 makes is bounded by its length and that of the text.
            context.ChargeText(made.Length + ((long)replacement.Length * (1 + match.Length)));
            made.Append(match.Result(replacement));
            context.ChargeText(made.Length);
            at = match.Index + match.Length;
        }

        return made.Append(text, at, text.Length - at).ToString();
    }

    private static string? Unescape(RenderContext context, CallArguments arguments)
    {
        try
        {
            return arguments.Text(context, 0) is { } text ? Regex.Unescape(text) : null;
        }
        catch (RegexParseException e)
        {
            throw new ArgumentFault(0, $"This can't be unescaped: {e.Error}.");
        }
    }
}
