using System.Text;

namespace CxOrchestrator.Engine.Import;

/// <summary>Where the reading of a record stands after a line of it.</summary>
internal enum CsvProgress
{
    /// <summary>A quoted field goes on with the next line.</summary>
    Open,

    /// <summary>The record is complete.</summary>
    Complete,

    /// <summary>The quotes are wrong.</summary>
    Malformed,
}

/// <summary>Takes a record apart (RFC 4180): fields, quotes, doubled quotes, line breaks inside quotes.</summary>
internal sealed class CsvFields(char delimiter)
{
    /// <summary>Characters of a field that are taken.</summary>
    public const int LongestField = 262_144;

    private readonly StringBuilder _field = new();
    private bool _quoted;
    private bool _tooLong;

    /// <summary>The fields so far.</summary>
    public List<string> Values { get; } = [];

    /// <summary>Numbers (from 1) of fields that are too long and were cut.</summary>
    public List<int> TooLong { get; } = [];

    /// <summary>What is wrong with the quotes.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>Takes a line, with its end, which counts where a quote is open.</summary>
    public CsvProgress Take(string line, string end)
    {
        var at = 0;
        if (_quoted && !Quoted(line, ref at))
            return Open(end);
        while (true)
        {
            if (!_quoted && at < line.Length && line[at] == '"')
            {
                _quoted = true;
                at++;
                if (!Quoted(line, ref at))
                    return Open(end);
            }

            if (_quoted && at < line.Length && line[at] != delimiter)
                return Bad($"column {Values.Count + 1} goes on after its closing quote: double the quotes inside a quoted field");
            if (!_quoted && !Plain(line, ref at))
                return Bad($"column {Values.Count + 1} has a quote inside: put the field in quotes and double those inside");
            EndField();
            if (at >= line.Length)
                return CsvProgress.Complete;
            at++;
        }
    }

    // Stands behind the opening quote; ends behind the closing one, or at the end of the line with the quote still open.
    private bool Quoted(string line, ref int at)
    {
        while (at < line.Length)
        {
            var quote = line.IndexOf('"', at);
            Append(line.AsSpan(at, (quote < 0 ? line.Length : quote) - at));
            if (quote < 0)
            {
                at = line.Length;
                return false;
            }

            at = quote + 1;
            if (at >= line.Length || line[at] != '"')
                return true;
            Append("\"");
            at++;
        }

        return false;
    }

    private bool Plain(string line, ref int at)
    {
        var end = line.AsSpan(at).IndexOfAny(delimiter, '"');
        var length = end < 0 ? line.Length - at : end;
        Append(line.AsSpan(at, length));
        at += length;
        return at >= line.Length || line[at] == delimiter;
    }

    private CsvProgress Open(string end)
    {
        Append(end);
        return CsvProgress.Open;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        _tooLong |= _field.Length + text.Length > LongestField;
        if (!_tooLong)
            _field.Append(text);
    }

    private void EndField()
    {
        Values.Add(_field.ToString());
        if (_tooLong)
            TooLong.Add(Values.Count);
        _field.Clear();
        _quoted = false;
        _tooLong = false;
    }

    private CsvProgress Bad(string fault)
    {
        Fault = fault;
        return CsvProgress.Malformed;
    }
}
