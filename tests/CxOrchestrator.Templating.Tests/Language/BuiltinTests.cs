namespace CxOrchestrator.Templating.Tests.Language;

public sealed class BuiltinTests
{
    [Theory]
    [InlineData("[1,2,2,3] | array.uniq", "[1, 2, 3]")]
    [InlineData("[3,1,2] | array.sort", "[1, 2, 3]")]
    [InlineData("[{a:2},{a:1}] | array.sort 'a' | array.map 'a'", "[1, 2]")]
    [InlineData("[1,2,3] | array.remove_at (-1)", "[1, 2]")]
    [InlineData("[1,2] | array.insert_at 1 9", "[1, 9, 2]")]
    [InlineData("[1] | array.concat [2] | array.add 3 | array.reverse", "[3, 2, 1]")]
    [InlineData("[1,null] | array.compact | array.size", "1")]
    [InlineData("[1,2,3] | array.offset 1 | array.limit 1", "[2]")]
    [InlineData("['a','b'] | array.any @string.contains 'b'", "true")]
    [InlineData("[1,2] | array.contains 2", "true")]
    [InlineData("[1,2] | array.contains '2'", "false")]
    public void Lists(string expression, string expected) => Assert.Equal(expected, Mail.Rendered($"{{{{ {expression} }}}}"));

    [Theory]
    [InlineData("'hello world' | string.capitalizewords", "Hello World")]
    [InlineData("'100% M & Ms!!!' | string.handleize", "100-m-ms")]
    [InlineData("'hello' | string.slice (-3) 2", "ll")]
    [InlineData("'a,b,,c' | string.split ','", "[\"a\", \"b\", \"c\"]")]
    [InlineData("'The cat came back' | string.truncate 10", "The cat...")]
    [InlineData("'The cat came back' | string.truncatewords 2", "The cat...")]
    [InlineData("'a-b-a' | string.replace_first 'a' 'x'", "x-b-a")]
    [InlineData("'a-b-a' | string.remove_last 'a'", "a-b-")]
    [InlineData("1 | string.pluralize 'item' 'items'", "item")]
    [InlineData("'x' | string.pad_left 3", "  x")]
    [InlineData("'test' | string.md5", "098f6bcd4621d373cade4e832627b4f6")]
    [InlineData("'a\\tb\\\"' | string.escape", "a\\tb\\\"")]
    [InlineData("'abc' | string.index_of 'c'", "2")]
    [InlineData("'nope' | string.to_int", "")]
    [InlineData("null | string.size", "0")]
    public void Strings(string expression, string expected) => Assert.Equal(expected, Mail.Rendered($"{{{{ {expression} }}}}"));

    [Theory]
    [InlineData("'<a href=\"x>y\">t</a>' | html.strip", "t")]
    [InlineData("'a < b' | html.strip", "a < b")]
    [InlineData("'<script>x</script>y<!-- c -->z' | html.strip", "yz")]
    [InlineData("'a b&c=d/ü' | html.url_encode", "a%20b%26c%3Dd%2F%C3%BC")]
    [InlineData("'https://x/a b?q=ü' | html.url_escape", "https://x/a%20b?q=%C3%BC")]
    [InlineData("'a\\r\\nb' | html.newline_to_br", "a<br />\r\nb")]
    [InlineData("'<ü>' | html.escape", "&lt;&#252;&gt;")]
    public void Html(string expression, string expected) => Assert.Equal(expected, Mail.Rendered($"{{{{ {expression} }}}}"));

    [Theory]
    [InlineData("2.5 | math.round", "2")]
    [InlineData("4.5612 | math.round 2", "4.56")]
    [InlineData("8.4 | math.divided_by 2", "4")]
    [InlineData("8.4 | math.divided_by 2.0 | math.round 1", "4.2")]
    [InlineData("-15.5 | math.abs", "15.5")]
    [InlineData("255 | math.format 'X4'", "00FF")]
    [InlineData("'yo' | math.is_number", "false")]
    public void Numbers(string expression, string expected) => Assert.Equal(expected, Mail.Rendered($"{{{{ {expression} }}}}"));

    [Theory]
    [InlineData("{b:[1,'x',null,true]} | object.to_json", "{\"b\":[1,\"x\",null,true]}")]
    [InlineData("('{\"a\":[1,2.5,\"x\"]}' | object.from_json).a", "[1, 2.5, \"x\"]")]
    [InlineData("'' | object.default 'x'", "x")]
    [InlineData("{a:1} | object.has_key 'a'", "true")]
    [InlineData("{a:1} | object.keys", "[\"a\"]")]
    [InlineData("1.5 | object.kind", "double")]
    [InlineData("(1..2) | object.typeof", "iterator")]
    public void Objects(string expression, string expected) => Assert.Equal(expected, Mail.Rendered($"{{{{ {expression} }}}}"));

    [Theory]
    [InlineData("'a1b22' | regex.replace `\\d+` '<$0>'", "a<1>b<22>")]
    [InlineData("'a, b ,c' | regex.split `\\s*,\\s*`", "[\"a\", \"b\", \"c\"]")]
    [InlineData("'ABC' | regex.match 'b' 'i'", "[\"B\"]")]
    [InlineData("'abc' | regex.match 'x'", "[]")]
    [InlineData("'a.b' | regex.escape | regex.unescape", "a.b")]
    public void Patterns(string expression, string expected) => Assert.Equal(expected, Mail.Rendered($"{{{{ {expression} }}}}"));

    [Fact]
    public void A_function_of_ours_is_found_but_not_listed_among_Scribans()
    {
        Assert.Equal("<b>", Mail.Rendered("{{ '<b>' | html.raw }}"));
        Assert.DoesNotContain("raw", Mail.Rendered("{{ html | object.keys }}"), StringComparison.Ordinal);
    }
}
