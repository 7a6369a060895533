using System.Globalization;

namespace CxOrchestrator.Templating;

/// <summary>What the parser is told about a template. The defaults are those of Scriban.</summary>
public sealed record TemplateParseOptions
{
    /// <summary>Scriban's behaviour, without our kindnesses.</summary>
    public static TemplateParseOptions Scriban { get; } = new();

    /// <summary>What this product uses: warnings for words of other template languages.</summary>
    public static TemplateParseOptions Product { get; } = new() { WarnOfOtherLanguages = true };

    /// <summary>Keep the indentation of a code block for the lines that it prints. Default: true.</summary>
    public bool AutoIndent { get; init; } = true;

    /// <summary>Warn of <c>elseif</c>, <c>and</c>, <c>or</c>, an unclosed <c>{{</c> and the like. Default: false.</summary>
    public bool WarnOfOtherLanguages { get; init; }
}

/// <summary>
/// How a template is rendered. The defaults are those of Scriban, in the invariant culture and UTC, but a text that is too long
/// is an error rather than cut.
/// </summary>
public sealed record TemplateRenderOptions
{
    /// <summary>Scriban's behaviour, without our kindnesses.</summary>
    public static TemplateRenderOptions Scriban { get; } = new() { CutOutputAtLimit = true };

    /// <summary>What is used where none are given.</summary>
    internal static TemplateRenderOptions Default { get; } = new();

    /// <summary>Language and formats of numbers and dates. Default: invariant.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Zone in which <c>date.*</c> prints. Default: UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The time that <c>date.now</c> gives; the template has no clock of its own. Null makes <c>date.now</c> an error.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Escape every printed value for HTML unless it went through <c>html.raw</c>. Default: false.</summary>
    public bool EscapeHtml { get; init; }

    /// <summary>A member of null is null instead of an error. Default: false.</summary>
    public bool NullMembersAreNull { get; init; }

    /// <summary>An unknown variable is an error instead of null. Default: false.</summary>
    public bool StrictVariables { get; init; }

    /// <summary>A missing member of an object is null instead of an error. Default: true.</summary>
    public bool RelaxedMemberAccess { get; init; } = true;

    /// <summary>A member of null is null, as Scriban's option of this name. Default: false.</summary>
    public bool RelaxedTargetAccess { get; init; }

    /// <summary>Rounds of one loop together with all loops inside it. 0 is no limit. Default: 1,000.</summary>
    public int LoopLimit { get; init; } = 1_000;

    /// <summary>Depth of calls and includes. Default: 100.</summary>
    public int RecursionLimit { get; init; } = 100;

    /// <summary>Characters of the output and of any string made. Default: 1,048,576.</summary>
    public int OutputLimit { get; init; } = 1_048_576;

    /// <summary>End an output that reaches <see cref="OutputLimit"/> with dots, as Scriban does, instead of an error. Default: false.</summary>
    public bool CutOutputAtLimit { get; init; }

    /// <summary>
    /// Characters of all strings and list items that one rendering makes, whether it keeps them or not; it bounds memory.
    /// Default: 8,388,608, which is 16 MB.
    /// </summary>
    public long MemoryLimit { get; init; } = 8_388_608;

    /// <summary>
    /// Bytes that one rendering may allocate, as the runtime counts them on the rendering's thread. They are looked at from time to time, so that some
    /// more may be allocated; it catches what <see cref="MemoryLimit"/> counts too low. Default: 33,554,432.
    /// </summary>
    public long AllocationLimit { get; init; } = 33_554_432;

    /// <summary>Depth to which objects are printed. Default: 20.</summary>
    public int ObjectDepthLimit { get; init; } = 20;

    /// <summary>Time that one regular expression may take. Default: 100 ms.</summary>
    public TimeSpan RegexTimeLimit { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Steps of one rendering: statements, iterations, calls, and one for each 64 characters that are only looked at. Default: 1,000,000.</summary>
    public int StepLimit { get; init; } = 1_000_000;

    /// <summary>Time that the whole rendering may take, on <see cref="Clock"/>. Default: 900 ms.</summary>
    public TimeSpan RenderTimeLimit { get; init; } = TimeSpan.FromMilliseconds(900);

    /// <summary>The clock that measures the time limits; never the one that templates see.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The templates that <c>include</c> finds, by name. Default: none.</summary>
    public ITemplateLoader? Loader { get; init; }
}

/// <summary>Finds the templates that <c>include</c> names; they were parsed before.</summary>
public interface ITemplateLoader
{
    /// <summary>The template of this name, or null where there is none.</summary>
    CompiledTemplate? Load(string name);
}
