namespace CxOrchestrator.Benchmarks.Templates;

/// <summary>Templates that mean harm: each wants more time, memory or stack than anybody has.</summary>
internal static class HostileTemplates
{
    /// <summary>Texts for <c>include</c>, by name.</summary>
    public static IReadOnlyDictionary<string, string> Includes { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["self"] = "x{{ include 'self' }}",
        ["twice"] = "{{ include 'twice' }}{{ include 'twice' }}",
        ["ping"] = "{{ include 'pong' }}",
        ["pong"] = "{{ include 'ping' }}",
        ["wide"] = "{{ for i in 1..1000; include 'wide'; end }}",
        ["greeting"] = "Hello {{ customer.name }} {{ $0 }}",
    };

    /// <summary>What each tries, and its text.</summary>
    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        ("three nested loops", "{{ for a in 1..1000; for b in 1..1000; for c in 1..1000; end; end; end }}"),
        ("endless while", "{{ while true; end }}"),
        ("loop of loops by calls", "{{ func f; for i in 1..1000; f; end; end; f }}"),
        ("table of tables", "{{ tablerow a in 1..1000; tablerow b in 1..1000; 'x'; end; end }}"),
        ("each of each", "{{ f(x) = (1..1000) | array.each @f; (1..1000) | array.each @f }}"),
        ("string doubled for ever", "{{ s = 'aaaaaaaaaa'; while true; s = s + s; end }}"),
        ("string of two thousand million", "{{ 'x' * 2000000000 }}"),
        ("padding of two thousand million", "{{ 'x' | string.pad_left 2000000000 }}"),
        ("megabytes thrown away", "{{ s = 'a' * 1000000; for i in 1..1000; x = s | string.upcase; end }}"),
        ("megabytes captured", "{{ for i in 1..1000; capture x; 'a' * 100000; end; end }}"),
        ("endless output", "{{ for i in 1..1000; 'abcdefghijklmnopqrstuvwxyz' * 1000; end }}"),
        ("replacement that grows", "{{ ('a' * 1000000) | string.replace 'a' ('b' * 1000) }}"),
        ("splitting into a million", "{{ for i in 1..1000; x = ('a,' * 400000) | string.split ','; end }}"),
        ("interpolation of interpolations", "{{ s = 'x'; for i in 1..1000; s = $'{s}{s}{s}{s}'; end }}"),
        ("number of a thousand million digits", "{{ 1 | math.format 'D999999999' }}"),
        ("format of a thousand million digits", "{{ 1.5 | object.format 'F999999999' }}"),
        ("integers squared for ever", "{{ x = 3; for i in 1..1000; x = x * x; end }}"),
        ("shift by a thousand million", "{{ 1 << 1000000000 }}"),
        ("regex: nested repeats", "{{ ('a' * 40 + 'b') | regex.match `^(a+)+$` }}"),
        ("regex: alternatives that overlap", "{{ ('a' * 40 + 'b') | regex.match `^(a|aa)+$` }}"),
        ("regex: in a loop", "{{ for i in 1..1000; x = ('a' * 40 + 'b') | regex.match `^(a+)+$`; end }}"),
        ("regex: a million matches", "{{ ('a' * 1000000) | regex.matches `.` | array.size }}"),
        ("regex: replacement that grows", "{{ ('a' * 1000000) | regex.replace `a` ('b' * 1000) }}"),
        ("regex: backward reference", "{{ ('x' * 20000) | regex.match `(x+x+)+\\1y` }}"),
        ("function that calls itself", "{{ func f; f; end; f }}"),
        ("function that adds to itself", "{{ f(x) = f(x + 1) + 1; f 1 }}"),
        ("function by way of each", "{{ func f; [1] | array.each @f; end; f }}"),
        ("function that calls itself twice", "{{ func f; f; f; end; f }}"),
        ("include of itself", "{{ include 'self' }}"),
        ("include of itself twice", "{{ include 'twice' }}"),
        ("includes in a ring", "{{ include 'ping' }}"),
        ("include in a loop of itself", "{{ include 'wide' }}"),
        ("range of a thousand million, printed", "{{ 1..1000000000 }}"),
        ("range of all numbers", "{{ for i in (-9223372036854775807)..9223372036854775807; end }}"),
        ("range joined", "{{ (1..1000000000) | array.join ',' }}"),
        ("range sorted", "{{ (1..1000000000) | array.sort }}"),
        ("list with a far end", "{{ x = []; x[2000000000] = 1 }}"),
        ("list insertion far out", "{{ [] | array.insert_at 2000000000 1 }}"),
        ("list times two thousand million", "{{ [1, 2, 3] * 2000000000 }}"),
        ("list doubled for ever", "{{ x = [1]; for i in 1..1000; x = x + x; end }}"),
        ("list within itself", "{{ x = []; x[0] = x; x }}"),
        ("object within itself as JSON", "{{ x = {}; x.a = x; x | object.to_json }}"),
        ("tree of eight to the fifteenth", "{{ x = [1, 1]; for i in 1..15; x = [x, x, x, x, x, x, x, x]; end; x }}"),
        ("the same tree as JSON", "{{ x = [1, 1]; for i in 1..15; x = [x, x, x, x, x, x, x, x]; end; x | object.to_json }}"),
        ("JSON a hundred thousand deep", "{{ ('[' * 100000) | object.from_json }}"),
        ("sorting in a loop", "{{ y = ('b,a,' * 200000) | string.split ','; for i in 1..1000; z = y | array.sort; end }}"),
        ("searching in a loop", "{{ s = 'a' * 500000; for i in 1..1000; x = s | string.contains ('a' * 250000 + 'b'); end }}"),
        ("comparing in a loop", "{{ s = 'a' * 1000000; t = 'a' * 1000000; for i in 1..1000; x = s < t; end }}"),
        ("hashing in a loop", "{{ s = 'a' * 1000000; for i in 1..1000; x = s | string.sha512; end }}"),
        ("nothing, two thousand million times", "{{ for i in 1..1000; x = [] * 2000000000; end; while true; end }}"),
        ("comparing two trees", "{{ x = [1]; y = [1]; for i in 1..7; x = [x, x, x, x, x, x, x, x]; y = [y, y, y, y, y, y, y, y]; end; while x == y; end }}"),
        ("long texts found again", "{{ x = ['a' * 1000000] * 1000; while true; y = x | array.uniq; end }}"),
        ("cycle of long texts", "{{ x = ['a' * 1000000] * 1000; array.cycle x }}"),
        ("date format of a million characters", "{{ (date.parse '2020-01-01') | date.to_string ('%c' * 500000) }}"),
    ];
}
