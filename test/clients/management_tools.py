"""Runs a plan of operations with boto3 or the AWS CLI, each of them as its users load it, and prints what came of it.

The plan comes as JSON on standard input, as management-plan.ts has it. What this version of the tool does not know is skipped.
"""
import contextlib
import io
import json
import os
import re
import sys
import time

ENDPOINT = os.environ['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER']


def without_size(request):
    return {member: value for member, value in request.items() if member not in ('MaxResults', 'Limit')}


class Boto3:
    def __init__(self):
        import boto3

        self.client = boto3.client('cognito-idp', endpoint_url=ENDPOINT)
        self.methods = {operation: method for method, operation in self.client.meta.method_to_api_mapping.items()}

    def knows(self, operation):
        return operation in self.methods

    def call(self, operation, request):
        answer = getattr(self.client, self.methods[operation])(**request)
        answer.pop('ResponseMetadata')
        return answer

    def pages(self, operation, request):
        """All of a list, two at a time; None where the tool has no paginator."""
        method = self.methods[operation]
        if not self.client.can_paginate(method):
            return None
        pages = self.client.get_paginator(method).paginate(**without_size(request), PaginationConfig={'PageSize': 2})
        return pages.build_full_result()


class AwsCli:
    """The very driver behind `aws`, without a start of Python for each command."""

    def __init__(self):
        from awscli.clidriver import create_clidriver
        from botocore import xform_name

        self.driver = create_clidriver()
        model = self.driver.session.get_service_model('cognito-idp')
        self.names = {operation: xform_name(operation, '-') for operation in model.operation_names}
        self.paginators = self.driver.session.get_component('data_loader').load_service_model(
            'cognito-idp', 'paginators-1'
        )['pagination']

    def knows(self, operation):
        return operation in self.names

    def call(self, operation, request, *options):
        out, err = io.StringIO(), io.StringIO()
        where = ['--endpoint-url', ENDPOINT, '--output', 'json']
        given = ['--cli-input-json', json.dumps(request)]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = self.driver.main([*where, 'cognito-idp', self.names[operation], *given, *options])
        if status != 0:
            raise RuntimeError(f'{operation} ended with {status}: {err.getvalue().strip()}')
        return json.loads(out.getvalue()) if out.getvalue().strip() else {}

    def pages(self, operation, request):
        if operation not in self.paginators:
            return None
        return self.call(operation, without_size(request), '--page-size', '2')


def named(part, names):
    if isinstance(part, str):
        return re.sub(r'\{(\w+)\}', lambda found: names.get(found[1], found[0]), part)
    if isinstance(part, list):
        return [named(each, names) for each in part]
    if isinstance(part, dict):
        return {named(key, names): named(value, names) for key, value in part.items()}
    return part


def at(answer, path):
    for member in path.split('.'):
        answer = answer[int(member) if member.isdigit() else member]
    return answer


def call(tool, operation, request, patience):
    for _ in range(patience):
        with contextlib.suppress(Exception):
            return tool.call(operation, request)
        time.sleep(1)
    return tool.call(operation, request)


def run(tool, plan, names):
    results = []
    for step in plan:
        operation = step['operation']
        if not tool.knows(step.get('when', operation)):
            results.append({'unknown': True})
            continue
        request = named(step['input'], names)
        try:
            answer = call(tool, operation, request, patience=10 if step.get('eventually') else 0)
            for name, path in step.get('keep', {}).items():
                names[name] = at(answer, path)
            result = {'answer': answer}
            if step.get('list'):
                pages = tool.pages(operation, request)
                result['paged'] = None if pages is None else pages.get(step['list'], [])
        except Exception as error:  # Whatever it is, the test shows it.
            result = {'failure': f'{type(error).__name__}: {error}'}
        results.append(result)
    return results


TOOLS = {'boto3': Boto3, 'aws': AwsCli}
told = json.load(sys.stdin)
print(json.dumps(run(TOOLS[sys.argv[1]](), told['plan'], told['names']), default=str))
