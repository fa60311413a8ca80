using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["ratios"])
{
    Vkp.Benchmarks.Fhir.Ratios.Print();
    return;
}

// Usage: dotnet run -c Release --project tests/Benchmarks -- --filter '*Fhir*'
// In process: the ratios within one run are the result; absolute times depend on the machine.
var config = ManualConfig.CreateEmpty()
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(8).WithMaxRelativeError(0.05))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddLogger(ConsoleLogger.Default)
    .AddExporter(MarkdownExporter.GitHub)
    .AddColumnProvider(DefaultColumnProviders.Instance);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
