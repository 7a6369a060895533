namespace CxOrchestrator.Templating.Tests.Analysis;

public sealed class TemplateLanguageTests
{
    [Fact]
    public void Every_function_is_listed_with_its_parameters_and_whose_it_is()
    {
        var functions = TemplateLanguage.Functions.ToDictionary(function => function.FullName);

        Assert.Equal(["text", "length", "ellipsis?"], functions["string.truncate"].Parameters);
        Assert.Equal(TemplateFunctionOrigin.LeftOut, functions["object.eval"].Origin);
        Assert.Equal(TemplateFunctionOrigin.Ours, functions["html.raw"].Origin);
        Assert.Equal("", functions["include"].Group);
        Assert.Equal(["args..."], functions["array.any"].Parameters.Skip(2));
    }

    [Fact]
    public void What_is_left_out_is_a_parse_error_and_all_else_isnt()
    {
        foreach (var function in TemplateLanguage.Functions)
        {
            var ok = CompiledTemplate.Parse($"{{{{ x = @{function.FullName} }}}}", "text").Ok;
            Assert.True(ok == (function.Origin != TemplateFunctionOrigin.LeftOut), function.FullName);
        }
    }
}
