using System.Globalization;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>Reads dates by patterns such as <c>%Y-%m-%d</c>.</summary>
internal sealed class DateReader
{
    private readonly string _text;
    private readonly CultureInfo _culture;
    private int _at;
    private int _year = 1, _month = 1, _day = 1, _hour, _minute, _second, _dayOfYear;
    private long _ticks;
    private bool? _afternoon;
    private TimeSpan? _offset;

    private DateReader(string text, CultureInfo culture)
    {
        _text = text;
        _culture = culture;
    }

    /// <summary>The date, with an offset where the text has one; null where the text doesn't follow the pattern.</summary>
    public static object? Read(string text, string pattern, CultureInfo culture)
    {
        var reader = new DateReader(text, culture);
        return reader.Follow(pattern) && reader._at == text.Length ? reader.Made() : null;
    }

    private bool Follow(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '%' && i + 1 < pattern.Length)
            {
                if (!Code(pattern[++i])) return false;
            }
            else if (_at < _text.Length && _text[_at] == pattern[i])
            {
                _at++;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private bool Code(char code) => code switch
    {
        'Y' => Number(4, out _year),
        'y' => Number(2, out _year) && (_year += _year < 50 ? 2000 : 1900) > 0,
        'm' => Number(2, out _month),
        'd' or 'e' => Number(2, out _day),
        'j' => Number(3, out _dayOfYear),
        'H' or 'k' or 'I' or 'l' => Number(2, out _hour),
        'M' => Number(2, out _minute),
        'S' => Number(2, out _second),
        'L' or 'N' => Fraction(),
        'B' => Name(_culture.DateTimeFormat.MonthNames, ref _month) || Name(_culture.DateTimeFormat.MonthGenitiveNames, ref _month),
        'b' or 'h' => Name(_culture.DateTimeFormat.AbbreviatedMonthNames, ref _month),
        'A' => Name(_culture.DateTimeFormat.DayNames),
        'a' => Name(_culture.DateTimeFormat.AbbreviatedDayNames),
        'p' or 'P' => HalfOfDay(),
        'Z' => Offset(),
        'D' => Follow("%m/%d/%y"),
        'F' => Follow("%Y-%m-%d"),
        'T' => Follow("%H:%M:%S"),
        'R' => Follow("%H:%M"),
        'r' => Follow("%I:%M:%S %p"),
        'c' => Follow("%a %b %e %T %Y"),
        'v' => Follow("%e-%b-%Y"),
        'n' => Skip('\n'),
        't' => Skip('\t'),
        '%' => Skip('%'),
        'g' => true,
        _ => false,
    };

    private bool Skip(char c) => _at < _text.Length && _text[_at++] == c;

    private bool Number(int most, out int value)
    {
        value = 0;
        while (_at < _text.Length && _text[_at] == ' ') _at++;
        var start = _at;
        while (_at < _text.Length && _at - start < most && char.IsAsciiDigit(_text[_at])) value = (value * 10) + (_text[_at++] - '0');
        return _at > start;
    }

    private bool Fraction()
    {
        var start = _at;
        var unit = TimeSpan.TicksPerSecond;
        while (_at < _text.Length && _at - start < 9 && char.IsAsciiDigit(_text[_at])) _ticks += (_text[_at++] - '0') * (unit /= 10);
        return _at > start;
    }

    private bool Name(string[] names)
    {
        var ignored = 0;
        return Name(names, ref ignored);
    }

    private bool Name(string[] names, ref int number)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i];
            if (name.Length == 0 || name.Length > _text.Length - _at) continue;
            if (_culture.CompareInfo.Compare(_text.AsSpan(_at, name.Length), name, CompareOptions.IgnoreCase) != 0) continue;
            _at += name.Length;
            number = i + 1;
            return true;
        }

        return false;
    }

    private bool HalfOfDay()
    {
        var format = _culture.DateTimeFormat;
        var half = 0;
        if (!Name([format.AMDesignator, format.PMDesignator], ref half) && !Name(["AM", "PM"], ref half)) return false;
        _afternoon = half == 2;
        return true;
    }

    private bool Offset()
    {
        if (_at < _text.Length && _text[_at] is 'Z' or 'z')
        {
            _at++;
            _offset = TimeSpan.Zero;
            return true;
        }

        if (_at >= _text.Length || _text[_at] is not ('+' or '-')) return false;
        var sign = _text[_at++] == '-' ? -1 : 1;
        if (!Number(2, out var hours)) return false;
        if (_at < _text.Length && _text[_at] == ':') _at++;
        if (!Number(2, out var minutes) || hours > 13 || minutes > 59) return false;
        _offset = sign * new TimeSpan(hours, minutes, 0);
        return true;
    }

    private object? Made()
    {
        if (_afternoon is not null) _hour = (_hour % 12) + (_afternoon.Value ? 12 : 0);
        if (_year is < 1 or > 9999 || _month is < 1 or > 12 || _day < 1 || _day > DateTime.DaysInMonth(_year, _month)) return null;
        if (_hour > 23 || _minute > 59 || _second > 59 || _dayOfYear > (DateTime.IsLeapYear(_year) ? 366 : 365)) return null;
        var date = new DateTime(_year, _month, _day, _hour, _minute, _second, DateTimeKind.Unspecified).AddTicks(_ticks);
        if (_dayOfYear > 0) date = new DateTime(_year, 1, 1).AddDays(_dayOfYear - 1).Add(date.TimeOfDay);
        if (_offset is null || date.Ticks - _offset.Value.Ticks is < 0 or > 3155378975999999999) return date;
        return new DateTimeOffset(date, _offset.Value);
    }
}
